package nl.wotpoort.smime;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.jspecify.annotations.Nullable;

/**
 * Name constraints along one path (RFC 5280 §4.2.1.10, §6.1.3 (b) and (c), §6.1.4 (g)). What cannot
 * be read, or is of a kind that is constrained but not handled, is refused.
 */
final class PermittedNames {

  /** Not otherName, x400Address, ediPartyName and registeredID. */
  private static final Set<Integer> HANDLED =
      Set.of(
          GeneralName.rfc822Name,
          GeneralName.dNSName,
          GeneralName.directoryName,
          GeneralName.uniformResourceIdentifier,
          GeneralName.iPAddress);

  private final PKIXNameConstraintValidator rules = new PKIXNameConstraintValidator();
  private final List<GeneralName> limits = new ArrayList<>();

  /** The subject, its emailAddress attributes (§4.2.1.10) and the alternative names. */
  void check(X509Certificate certificate) throws Fault {
    if (limits.isEmpty()) {
      return;
    }
    try {
      X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      if (subject.getRDNs().length > 0) {
        rules.checkPermittedDN(subject);
        rules.checkExcludedDN(subject);
      }
      for (String address : emailAddresses(subject)) {
        check(new GeneralName(GeneralName.rfc822Name, address));
      }
      for (GeneralName name : Extensions.alternativeNames(certificate)) {
        check(name);
      }
    } catch (NameConstraintValidatorException e) {
      throw untrusted("a name that an authority of the path may not certify");
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      throw untrusted("a name under constraints that cannot be read");
    }
  }

  private void check(GeneralName name) throws Fault, NameConstraintValidatorException {
    int kind = name.getTagNo();
    if (limits.stream().noneMatch(l -> l.getTagNo() == kind)) {
      return;
    }
    if (!HANDLED.contains(kind) || limits.stream().anyMatch(l -> isAll(l, kind))) {
      throw untrusted("a name of a kind that an authority of the path may not certify");
    }
    // constraints on URIs are constraints on the host, so there must be one
    if (kind == GeneralName.uniformResourceIdentifier && URI.create(text(name)).getHost() == null) {
      throw untrusted("a URI without a host under a constraint");
    }
    rules.checkPermitted(name);
    rules.checkExcluded(name);
  }

  private static List<String> emailAddresses(X500Name subject) {
    List<String> addresses = new ArrayList<>();
    for (RDN rdn : subject.getRDNs()) {
      for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
        if (attribute.getType().equals(BCStyle.EmailAddress)) {
          addresses.add(IETFUtils.valueToString(attribute.getValue()));
        }
      }
    }
    return addresses;
  }

  /** The constraints of one more authority, or of the anchor. */
  void narrow(X509Certificate authority) throws Fault {
    NameConstraints constraints = Extensions.nameConstraints(authority);
    if (constraints == null) {
      return;
    }
    try {
      GeneralSubtree[] inside = usable(constraints.getPermittedSubtrees());
      if (inside.length > 0) {
        rules.intersectPermittedSubtree(inside);
      }
      Arrays.stream(usable(constraints.getExcludedSubtrees())).forEach(rules::addExcludedSubtree);
    } catch (IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      throw untrusted("name constraints that cannot be read");
    }
    names(constraints.getPermittedSubtrees()).filter(n -> !isEmpty(n)).forEach(limits::add);
    names(constraints.getExcludedSubtrees()).forEach(limits::add);
  }

  private static GeneralSubtree[] usable(GeneralSubtree @Nullable [] trees) {
    return trees == null
        ? new GeneralSubtree[0]
        : Arrays.stream(trees)
            .filter(t -> HANDLED.contains(t.getBase().getTagNo()) && !isEmpty(t.getBase()))
            .toArray(GeneralSubtree[]::new);
  }

  private static Stream<GeneralName> names(GeneralSubtree @Nullable [] trees) {
    return trees == null ? Stream.of() : Arrays.stream(trees).map(GeneralSubtree::getBase);
  }

  /** An excluded name of no length excludes all of its kind; a permitted one permits all. */
  private static boolean isAll(GeneralName limit, int kind) {
    return limit.getTagNo() == kind && isEmpty(limit);
  }

  private static boolean isEmpty(GeneralName name) {
    return name.getName() instanceof ASN1String text && text.getString().isEmpty();
  }

  private static String text(GeneralName name) {
    return ((ASN1String) name.getName()).getString();
  }

  private static Fault untrusted(String detail) {
    return new Fault(Finding.SIGNER_UNTRUSTED, "path rules: " + detail);
  }
}
