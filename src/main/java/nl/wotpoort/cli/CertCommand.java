package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.PathRequest;
import nl.wotpoort.smime.PathResult;
import nl.wotpoort.smime.PathValidator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wotpoort cert}: certificates by themselves. */
@Command(
    name = "cert",
    subcommands = {
      CertCommand.Validate.class,
      CertBook.Import.class,
      CertBook.Harvest.class,
      CertBook.ListAll.class,
      CertBook.Approve.class,
      CertBook.Retire.class,
      KeyBook.ImportKey.class,
      KeyBook.RetireKey.class
    })
final class CertCommand {

  /** {@code wotpoort cert validate}: one path, judged as that of a signer is. */
  @Command(name = "validate")
  static final class Validate extends Action {

    @Parameters(arity = "1..*", paramLabel = "CERTIFICAAT", descriptionKey = "certFiles")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--anchors", arity = "1..*", required = true, paramLabel = "BESTAND")
    private List<Path> anchors = new ArrayList<>();

    @Option(names = "--crl", arity = "1..*", paramLabel = "BESTAND")
    private List<Path> crls = new ArrayList<>();

    @Option(names = "--policy", paramLabel = "OID", split = ",", descriptionKey = "certPolicy")
    private List<String> policies = new ArrayList<>();

    @Option(names = "--explicit-policy")
    private boolean explicitPolicy;

    @Option(names = "--inhibit-policy-mapping")
    private boolean inhibitPolicyMapping;

    @Option(names = "--inhibit-any-policy")
    private boolean inhibitAnyPolicy;

    @Option(names = "--no-revocation")
    private boolean noRevocation;

    @Option(names = "--any-algorithm")
    private boolean anyAlgorithm;

    @Option(names = "--at", paramLabel = "TIJDSTIP")
    private @Nullable Instant at;

    @Override
    public Integer call() throws Refusal {
      PathResult result = new PathValidator().validate(request());
      if (screen().isJson()) {
        screen().json(json(result));
      } else {
        print(result);
      }
      return result.isValid() ? Exit.FINE : Exit.NO;
    }

    private PathRequest request() throws Refusal {
      for (String policy : policies) {
        if (!policy.matches("[0-2](\\.[0-9]{1,20}){1,40}")) {
          throw wrong("cert.notOid", policy);
        }
      }
      List<X509Certificate> trusted = certificates(anchors);
      List<X509CRL> lists = crls();
      PathRequest request =
          PathRequest.of(
                  path(certificates(files), trusted),
                  trusted,
                  lists,
                  at == null ? surroundings().clock().instant() : at)
              .withPolicies(
                  new HashSet<>(policies), explicitPolicy, inhibitPolicyMapping, inhibitAnyPolicy)
              .withRevocation(
                  checksRevocation()
                      ? PathRequest.Revocation.REQUIRED
                      : PathRequest.Revocation.OFF);
      return anyAlgorithm ? request : request.withAlgorithms(AlgorithmPolicy.defaults());
    }

    /** Without a list there is nothing to look in, and the answer says that nobody looked. */
    private boolean checksRevocation() {
      return !noRevocation && !crls.isEmpty();
    }

    /** The anchor is no part of the path; people give it along all the same. */
    private static List<X509Certificate> path(
        List<X509Certificate> given, List<X509Certificate> trusted) {
      List<X509Certificate> path = given.stream().filter(c -> !trusted.contains(c)).toList();
      return path.isEmpty() ? given : path;
    }

    private List<X509Certificate> certificates(List<Path> from) throws Refusal {
      List<X509Certificate> all = new ArrayList<>();
      for (Path file : from) {
        try {
          all.addAll(
              KeyFiles.certificates(file.toString(), InputFiles.bytes(file, screen()).toArray()));
        } catch (KeyFileFault fault) {
          throw notWhatBelongs(fault, "cert.belongs.certificate");
        }
      }
      return all;
    }

    private List<X509CRL> crls() throws Refusal {
      List<X509CRL> all = new ArrayList<>();
      for (Path file : crls) {
        try {
          all.addAll(KeyFiles.crls(file.toString(), InputFiles.bytes(file, screen()).toArray()));
        } catch (KeyFileFault fault) {
          throw notWhatBelongs(fault, "cert.belongs.crl");
        }
      }
      return all;
    }

    private Refusal notWhatBelongs(KeyFileFault fault, String belongs) {
      return new Refusal(
          Exit.USAGE, List.of(fault.text(screen().language()), screen().text(belongs)));
    }

    private ObjectNode json(PathResult result) {
      ObjectNode json = Json.object();
      json.set("files", Json.list(files));
      json.put("verdict", result.isValid() ? "ACCEPT" : "REJECT");
      json.put("finding", result.finding().map(finding -> finding.code()).orElse("accept"));
      json.put("detail", result.detail());
      json.put("revocation", checksRevocation() ? "checked" : "not-checked");
      json.set("path", Json.list(names(result)));
      json.put("validFrom", result.isValid() ? result.validFrom().toString() : null);
      json.put("validUntil", result.isValid() ? result.validUntil().toString() : null);
      return json;
    }

    private void print(PathResult result) {
      if (result.finding().isPresent()) {
        screen().say("cert.reject", result.finding().get().code());
        screen()
            .below(
                "open.finding",
                result.finding().get().text(screen().language()),
                result.finding().get().code());
        screen().below("open.detail", result.detail());
        if (result.finding().get() == Finding.SIGNER_UNTRUSTED) {
          screen().below("cert.untrusted");
        }
        return;
      }
      screen().say("cert.accept");
      if (!checksRevocation()) {
        screen().below("cert.notChecked");
      }
      names(result).forEach(name -> screen().below("open.chain", name));
      screen().below("cert.window", result.validFrom(), result.validUntil());
    }

    private static List<String> names(PathResult result) {
      return result.path().stream().map(c -> c.getSubjectX500Principal().getName()).toList();
    }
  }
}
