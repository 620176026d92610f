package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.LoginException;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that stay in a PKCS#11 token. */
class KeyTokensTest {

  private static final String WHY = "SoftHSM is not here (Debian: apt-get install softhsm2)";

  /** With a SoftHSM; also in the profile {@code servers}, where .ci/run installs one. */
  @Nested
  @EnabledIf(value = "nl.wotpoort.smime.SoftHsm#isThere", disabledReason = WHY)
  class InSoftHsm {

    private static KeyRing ring;
    private static EnvelopeOpener opener;

    @BeforeAll
    static void read() throws KeyFileFault {
      Map<Address, List<KeyEntry>> entries = new LinkedHashMap<>();
      for (KeyEntry key : keys(SoftHsm.full(), SoftHsm.PIN)) {
        Address address = Certificates.addresses(key.certificate()).get(0);
        entries.computeIfAbsent(address, a -> new ArrayList<>()).add(key);
      }
      ring = KeyRing.of(entries);
      opener =
          EnvelopeOpener.of(
              ring, SamplePki.trust(SamplePki.gps(), SamplePki.wot()), AlgorithmPolicy.defaults());
    }

    private static List<KeyEntry> keys(long slot, String pin) throws KeyFileFault {
      return KeyTokens.keys(SoftHsm.library(), slot, pin.toCharArray());
    }

    @Test
    void holdsEveryKeyOfTheGatewayAndGivesNoneAway() {
      assertThat(ring.mailboxes()).isEqualTo(SamplePki.ring("gateway").mailboxes());
      for (Address mailbox : ring.mailboxes()) {
        assertThat(ring.of(mailbox)).hasSameSizeAs(SamplePki.ring("gateway").of(mailbox));
        assertThat(ring.of(mailbox)).allMatch(KeyEntry::isInToken);
      }
      assertThat(ring.of(SamplePki.OOST).toString()).doesNotContain(SoftHsm.PIN);
    }

    /** Beside them in the token; the root is left out, and so is a key for something else. */
    @Test
    void theCertificatesAboveComeAlong() throws KeyFileFault {
      List<List<X509Certificate>> above = new ArrayList<>();
      SamplePki.ring("gateway")
          .mailboxes()
          .forEach(m -> SamplePki.ring("gateway").of(m).forEach(key -> above.add(key.chain())));
      assertThat(above).allMatch(chain -> !chain.isEmpty());
      assertThat(keys(SoftHsm.full(), SoftHsm.PIN))
          .extracting(KeyEntry::chain)
          .containsExactlyInAnyOrderElementsOf(above);
    }

    static List<FixturesTest.Row> rows() throws Exception {
      return FixturesTest.rows()
          .filter(row -> row.expect().equals("ACCEPT") || row.expect().contains("undecryptable"))
          .toList();
    }

    /** Made by openssl, gpgsm, NSS and node-forge: RSA and ECDH, honest and altered. */
    @ParameterizedTest
    @MethodSource("rows")
    void readsWhatAKeyInAFileReads(FixturesTest.Row row) {
      FixturesTest.opensAsTheManifestSays(row, opener);
    }

    @ParameterizedTest
    @CsvSource({
      "oost@wotschiedam.nl, RSA_PKCS1, RSA-PKCS1-SHA-256",
      "oost@wotschiedam.nl, RSA_PSS, RSA-PSS-SHA-256",
      "zuid@wotschiedam.nl, ECDSA, ECDSA-SHA-256",
    })
    void signs(String signer, Recipient.Signature wanted, String scheme) throws Exception {
      Address from = Address.of(signer);
      EnvelopeSealer sealer =
          EnvelopeSealer.of(
              ring,
              SamplePki.book("gateway"),
              AlgorithmPolicy.defaults(),
              Limits.defaults(),
              new SecureRandom());
      String letter = "From: %s\r\nTo: oost@wotschiedam.nl\r\n\r\nhallo\r\n".formatted(from);
      OuterHead head =
          OuterHead.of(from, SamplePki.OOST, SamplePki.NOW, "<1@wotschiedam.nl>", "[...]");

      Bytes sealed =
          sealer.seal(
              Bytes.of(letter, StandardCharsets.UTF_8),
              head,
              from,
              Recipient.of(SamplePki.OOST).with(wanted),
              SamplePki.NOW);

      Opened.Trusted trusted =
          SealAndOpenTest.trusted(SamplePki.opener().open(sealed, SamplePki.OOST, SamplePki.NOW));
      assertThat(trusted.algorithms().signature()).isEqualTo(scheme);
    }

    /** Its own provider serves it; nobody else's programs in this machine may find it. */
    @Test
    void isNotRegistered() {
      assertThat(Security.getProviders())
          .extracting(Provider::getName)
          .noneMatch(name -> name.contains("wotpoort"));
    }

    @Test
    void aWrongPinIsSaidAndNotShown() {
      KeyFileFault fault =
          catchThrowableOfType(KeyFileFault.class, () -> keys(SoftHsm.locked(), "999999"));
      assertThat(fault.why()).isEqualTo(KeyFileFault.Cause.WRONG_PIN);
      assertThat(fault.text(Language.NL)).contains("pincode").doesNotContain("999999");
      assertThat(fault.text(Language.EN)).contains("PIN").contains("slot " + SoftHsm.locked());
    }

    @Test
    void anEmptyTokenIsSaid() {
      KeyFileFault fault =
          catchThrowableOfType(KeyFileFault.class, () -> keys(SoftHsm.empty(), SoftHsm.PIN));
      assertThat(fault.why()).isEqualTo(KeyFileFault.Cause.EMPTY);
    }

    @Test
    void aKeyWithoutACertificateIsNoKeyOfOurs() {
      KeyFileFault fault =
          catchThrowableOfType(KeyFileFault.class, () -> keys(SoftHsm.bare(), SoftHsm.PIN));
      assertThat(fault.why()).isEqualTo(KeyFileFault.Cause.EMPTY);
    }

    @Test
    void aKeyThatMayNotDoWhatItIsForIsSaidAtTheStart() {
      KeyFileFault fault =
          catchThrowableOfType(KeyFileFault.class, () -> keys(SoftHsm.unfit(), SoftHsm.PIN));
      assertThat(fault.why()).isEqualTo(KeyFileFault.Cause.TOKEN_UNFIT);
      assertThat(fault.text(Language.NL)).contains("zuid-ec").contains("CKM_ECDH1_DERIVE");
    }

    @Test
    void aSlotWithoutATokenIsSaid() {
      KeyFileFault fault = catchThrowableOfType(KeyFileFault.class, () -> keys(77, SoftHsm.PIN));
      assertThat(fault.why()).isEqualTo(KeyFileFault.Cause.TOKEN_ABSENT);
      assertThat(fault.text(Language.NL)).contains("slot 77").contains("instellingen");
    }
  }

  @Test
  void aLibraryThatIsNoneIsSaid() {
    Path none = SamplePki.CERTS.resolve("gateway/oost.pem").toAbsolutePath();
    KeyFileFault fault =
        catchThrowableOfType(
            KeyFileFault.class, () -> KeyTokens.keys(none, 0, "1234".toCharArray()));
    assertThat(fault.why()).isEqualTo(KeyFileFault.Cause.TOKEN_ABSENT);
    assertThat(fault.text(Language.NL)).contains("oost.pem");
  }

  /** SoftHSM tells only the first; real ones lock themselves, or are taken out meanwhile. */
  @Test
  void aRefusedPinIsToldFromAllElse() {
    assertThat(KeyTokens.cause(new IOException(new UnrecoverableKeyException())))
        .isEqualTo(KeyFileFault.Cause.WRONG_PIN);
    assertThat(KeyTokens.cause(new IOException(new LoginException("CKR_PIN_LOCKED"))))
        .isEqualTo(KeyFileFault.Cause.WRONG_PIN);
    assertThat(KeyTokens.cause(new IOException(new KeyStoreException("CKR_DEVICE_REMOVED"))))
        .isEqualTo(KeyFileFault.Cause.TOKEN_ABSENT);
  }

  /** A token that was taken out must not make every mail look undecryptable. */
  @Nested
  class TakenOut {

    private final Provider gone = new Provider("gone", "1", "answers nothing") {};

    /** The private key is any: nobody gets to use it. */
    private KeyEntry entry(String name) throws Exception {
      PrivateKey any = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
      X509Certificate certificate = SamplePki.certificate("gateway/" + name);
      return new KeyEntry("token", OwnKey.inToken(any, gone), certificate, List.of());
    }

    @Test
    void readingWithRsaWaits() throws Exception {
      KeyEntry key = entry("oost");
      SecureRandom random = new SecureRandom();
      assertThatThrownBy(() -> KeyTransport.pkcs1(key, new byte[256], 32, random))
          .isInstanceOf(KeyTokenAway.class);
      KeyTransport.Oaep sha256 = new KeyTransport.Oaep("SHA-256", "SHA-256");
      assertThatThrownBy(() -> KeyTransport.oaep(key, new byte[256], sha256, 32, random))
          .isInstanceOf(KeyTokenAway.class);
    }

    @Test
    void readingWithEcdhWaits() throws Exception {
      KeyEntry key = entry("zuid-ec");
      assertThatThrownBy(() -> key.key().agree(key.certificate().getPublicKey()))
          .isInstanceOf(KeyTokenAway.class);
    }

    @Test
    void openingWaitsInsteadOfRefusing() throws Exception {
      KeyEntry key = entry("oost");
      EnvelopeOpener opener =
          EnvelopeOpener.of(
              KeyRing.of(Map.of(SamplePki.OOST, List.of(key))),
              SamplePki.trust(SamplePki.gps()),
              AlgorithmPolicy.defaults());
      Bytes mail =
          Bytes.of(
              Forge.encrypted("Content-Type: text/plain\r\n\r\nx\r\n"), StandardCharsets.UTF_8);
      assertThatThrownBy(() -> opener.open(mail, SamplePki.OOST, SamplePki.NOW))
          .isInstanceOf(KeyTokenAway.class);
    }

    @Test
    void signingWaits() throws Exception {
      KeyEntry key = entry("oost");
      SignatureScheme scheme =
          SignatureScheme.outgoing(key.certificate().getPublicKey(), Recipient.Signature.USUAL);
      assertThatThrownBy(() -> key.key().sign(scheme, new byte[3]))
          .isInstanceOf(KeyTokenAway.class);
    }
  }
}
