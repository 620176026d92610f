import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** Validates each line of a file with HAPI: R4's own definitions, and the profile given after it. */
final class Validate {

  public static void main(String[] files) throws Exception {
    FhirContext r4 = FhirContext.forR4();
    PrePopulatedValidationSupport profiles = new PrePopulatedValidationSupport(r4);
    profiles.addResource(r4.newJsonParser().parseResource(Files.readString(Path.of(files[1]))));
    FhirInstanceValidator rules =
        new FhirInstanceValidator(
            new ValidationSupportChain(
                new DefaultProfileValidationSupport(r4),
                new InMemoryTerminologyServerValidationSupport(r4),
                new CommonCodeSystemsTerminologyService(r4),
                profiles,
                new SnapshotGeneratingValidationSupport(r4)));
    rules.setAnyExtensionsAllowed(true);
    FhirValidator validator = r4.newValidator();
    validator.registerValidatorModule(rules);
    int invalid = 0;
    List<String> lines = Files.readAllLines(Path.of(files[0]));
    for (String line : lines) {
      ValidationResult result = validator.validateWithResult(line);
      invalid += result.isSuccessful() ? 0 : 1;
      for (SingleValidationMessage one : result.getMessages()) {
        if (one.getSeverity().compareTo(ResultSeverityEnum.WARNING) >= 0) {
          System.out.println(one.getSeverity() + " " + one.getLocationString() + ": " + one.getMessage());
        }
      }
    }
    System.out.println("HAPI: " + lines.size() + " resources, invalid " + invalid);
    System.exit(invalid == 0 ? 0 : 1);
  }
}
