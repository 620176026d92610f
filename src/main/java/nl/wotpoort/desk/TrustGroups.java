package nl.wotpoort.desk;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.RevocationSettings;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.PartnerGroup;
import nl.wotpoort.smime.RevocationLookup;
import nl.wotpoort.smime.RevocationSource;
import nl.wotpoort.smime.Trust;

/** Whom we trust as {@code trust.*} says, and where revocation is looked up for each group. */
final class TrustGroups {

  private final Configuration configuration;
  private final KeptFiles files;
  private final RevocationSource source;

  TrustGroups(Configuration configuration, KeptFiles files, RevocationSource source) {
    this.configuration = configuration;
    this.files = files;
    this.source = source;
  }

  Trust trust(AlgorithmPolicy policy, Limits limits) {
    Map<String, Settings.TrustGroup> named = configuration.settings().trust();
    List<PartnerGroup> groups =
        named.entrySet().stream().map(e -> group(e.getKey(), e.getValue())).toList();
    return Trust.of(groups, policy, limits, lookups(named));
  }

  private PartnerGroup group(String name, Settings.TrustGroup group) {
    return new PartnerGroup(
        name,
        all(group.anchors()),
        all(group.intermediates()),
        crls(group.crls()),
        group.domains(),
        organisations(name),
        group.subjectEmail() == Settings.SubjectEmail.ACCEPT
            ? PartnerGroup.SubjectEmail.ACCEPTED
            : PartnerGroup.SubjectEmail.IGNORED,
        group.revocation() == Settings.RevocationUnknown.ACCEPT
            ? PartnerGroup.WhenUnknown.ACCEPT
            : PartnerGroup.WhenUnknown.HOLD);
  }

  private Map<String, RevocationLookup> lookups(Map<String, Settings.TrustGroup> named) {
    RevocationSettings revocation = configuration.settings().crypto().revocation();
    Map<String, RevocationLookup> lookups = new LinkedHashMap<>();
    if (revocation.fetch() == RevocationSettings.Fetch.OFF) {
      return lookups;
    }
    RevocationLookup.Named follow =
        revocation.fetch() == RevocationSettings.Fetch.CERTIFICATES
            ? RevocationLookup.Named.FOLLOWED
            : RevocationLookup.Named.IGNORED;
    named.forEach(
        (name, group) ->
            lookups.put(
                name, new RevocationLookup(source, group.crlUrls(), group.responders(), follow)));
    return lookups;
  }

  private Set<PartnerGroup.Organisation> organisations(String group) {
    Set<PartnerGroup.Organisation> organisations = new HashSet<>();
    for (Partner partner : configuration.directory().partners()) {
      if (partner.group().equals(group)) {
        for (String domain : partner.organisationDomains()) {
          partner
              .addresses()
              .forEach(
                  address -> organisations.add(new PartnerGroup.Organisation(domain, address)));
        }
      }
    }
    return organisations;
  }

  private List<X509Certificate> all(List<Path> named) {
    return named.stream().flatMap(file -> files.certificates(file).stream()).toList();
  }

  private List<X509CRL> crls(List<Path> named) {
    return named.stream()
        .flatMap(file -> files.read(file, b -> KeyFiles.crls(file.toString(), b)).stream())
        .toList();
  }
}
