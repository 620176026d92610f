package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Müller et al., "Johnny, you are fired! Spoofing OpenPGP and S/MIME Signatures in Emails", USENIX
 * Security 2019: its classes for S/MIME, by the numbers of its published mails; those by identity
 * are {@link JohnnyByIdentityTest}. Johnny's manager is the everyday GP; Eve is b.smit, whom the
 * gateway trusts as well.
 */
class JohnnyYouAreFiredTest {

  private static final String GP = Forge.GP;
  private static final String EVE = "gp/b.smit";

  private static String wrapped() {
    return Forge.wrapped(Forge.innerHeader());
  }

  @Test
  void theHonestMailTheAttacksStartFromOpens() {
    assertThat(Forge.verdict(Forge.honest())).isEqualTo("ACCEPT");
  }

  /** Members of SignedData: version, digests, content, certificates, signers. */
  private static List<byte[]> members(String signed) {
    return new ArrayList<>(Forge.signedData(signed).stream().map(Asn1::raw).toList());
  }

  private static byte[] content(String text) {
    byte[] octets = Der.octets(text.getBytes(StandardCharsets.UTF_8));
    return Der.sequence(Der.oid(Oids.DATA), Der.value(0xA0, octets));
  }

  private static Asn1 signer(String signed) {
    List<Asn1> members = Forge.signedData(signed);
    return members.get(members.size() - 1).children().get(0);
  }

  private static byte[] certificates(String... signed) {
    List<byte[]> all = new ArrayList<>();
    for (String one : signed) {
      Forge.signedData(one).get(3).children().forEach(c -> all.add(c.raw()));
    }
    return Der.value(0xA0, all.toArray(new byte[0][]));
  }

  /** Class CMS. */
  @Nested
  class Cms {

    /** C1: what was signed hides in the signature, what is shown stands in the part. */
    @Test
    void eContentConfusion() {
      String signed = Forge.signed(wrapped(), GP);
      List<byte[]> members = members(signed);
      members.set(2, content(wrapped()));
      String confused =
          Forge.withSignature(signed, Forge.signedData(members)).replace("hallo", "Johnny, weg!");

      assertThat(Forge.verdict(Forge.encrypted(confused))).isEqualTo("malformed");
    }

    /** C1, refined: an opaque signature that calls itself detached, with a part before it. */
    @Test
    void eContentConfusionInAnOpaqueSignature() {
      List<byte[]> members = members(Forge.signed(wrapped(), GP));
      members.set(2, content(wrapped()));
      String opaque = Forge.opaque(Forge.signedData(members));
      String head = "Content-Type: multipart/signed; boundary=m;";
      String confused =
          Forge.crlf(
                  head + " protocol=\"application/pkcs7-signature\"\n\n--m\n\nJohnny, weg!\n--m\n")
              + opaque
              + "--m--\r\n";

      assertThat(Forge.verdict(Forge.encrypted(opaque))).isEqualTo("ACCEPT");
      assertThat(Forge.verdict(Forge.encrypted(confused))).isEqualTo("malformed");
    }

    /** C2: a signature of the manager's over something else, beside Eve's over this. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void multipleSignersOneOfThemOverSomethingElse(boolean managerFirst) {
      String old = Forge.signed(wrapped().replace("hallo", "gefeliciteerd"), GP);
      String now = Forge.signed(wrapped(), EVE);
      byte[] managers = signer(old).raw();
      byte[] eves = signer(now).raw();

      assertThat(twoSigners(now, certificates(old, now), managerFirst, managers, eves))
          .isEqualTo("signature-invalid");
    }

    /** C2, both sound: the one who is not in From has no business here. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void multipleSignersOfWhomOneIsShown(boolean managerFirst) {
      String manager = Forge.signed(wrapped(), GP);
      String eve = Forge.signed(wrapped(), EVE);
      byte[] both = certificates(manager, eve);

      assertThat(twoSigners(eve, both, managerFirst, signer(manager).raw(), signer(eve).raw()))
          .isEqualTo("signer-mismatch");
    }

    private String twoSigners(
        String signed, byte[] certificates, boolean inOrder, byte[] one, byte[] other) {
      List<byte[]> members = members(signed);
      members.set(3, certificates);
      members.set(4, inOrder ? Der.value(Asn1.SET, one, other) : Der.value(Asn1.SET, other, one));
      return Forge.verdict(Forge.encrypted(Forge.withSignature(signed, Forge.signedData(members))));
    }

    private enum Bare {
      WITH_CERTIFICATES,
      WITHOUT_CERTIFICATES
    }

    /** C3: nobody signed, so nothing failed. */
    @ParameterizedTest
    @EnumSource(Bare.class)
    void noSignersDetached(Bare bare) {
      String signed = Forge.signed(wrapped(), GP);
      String none = Forge.withSignature(signed, noSigners(signed, null, bare));

      assertThat(Forge.verdict(Forge.encrypted(none))).isEqualTo("not-signed");
    }

    @ParameterizedTest
    @EnumSource(Bare.class)
    void noSignersOpaque(Bare bare) {
      byte[] none = noSigners(Forge.signed(wrapped(), GP), content(wrapped()), bare);

      assertThat(Forge.verdict(Forge.encrypted(Forge.opaque(none)))).isEqualTo("not-signed");
    }

    private byte[] noSigners(String signed, byte[] content, Bare bare) {
      List<byte[]> members = members(signed);
      if (content != null) {
        members.set(2, content);
      }
      members.set(4, Der.value(Asn1.SET));
      if (bare == Bare.WITHOUT_CERTIFICATES) {
        members.remove(3);
      }
      return Forge.signedData(members);
    }

    /**
     * A signature over attributes is one over bytes that read like them: the attributes become the
     * content, and there are no attributes (Strenzke; draft-vangeest-lamps-cms-euf-cma-signeddata).
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signedAttributesPassedOffAsContent(boolean opaque) throws Fault {
      String signed = Forge.signed(wrapped(), GP);
      List<Asn1> info = signer(signed).children();
      byte[] attributes = info.get(3).raw();
      attributes[0] = Asn1.SET;
      List<byte[]> left = new ArrayList<>(info.stream().map(Asn1::raw).toList());
      left.remove(3);
      List<byte[]> members = members(signed);
      byte[] octets = Der.octets(attributes);
      members.set(2, Der.sequence(Der.oid(Oids.DATA), Der.value(0xA0, octets)));
      members.set(4, Der.value(Asn1.SET, Der.sequence(left.toArray(new byte[0][]))));
      if (!opaque) {
        members.set(2, Der.sequence(Der.oid(Oids.DATA)));
      }
      String entity =
          opaque
              ? Forge.opaque(Forge.signedData(members))
              : Forge.withSignature(signed, Forge.signedData(members));

      assertThat(Forge.verdict(Forge.encrypted(entity))).isEqualTo("signature-invalid");
    }

    /** C4: whoever makes his own certificate, or his own authority with our names. */
    @Test
    void trustIsNotInTheCertificateThatCameAlong() {
      String stranger = Forge.signed(wrapped(), "gp/onbekend");

      assertThat(Forge.verdict(Forge.encrypted(stranger))).isEqualTo("signer-untrusted");
    }
  }

  /** Class MIME: the signed mail somewhere inside another. */
  @Nested
  class Mime {

    static Stream<Arguments> wrappings() {
      String text = "--m\n\nJohnny, weg!\n";
      String open = "--m\nContent-Type: text/html\n\nJohnny, weg!<div style=\"display:none\">\n";
      String cid = "--m\nContent-Type: text/html\n\nJohnny, weg!<object data=\"cid:x\">\n";
      String file = "--m\nContent-Disposition: attachment; filename=a.eml\n";
      return Stream.of(
          Arguments.of("M1 text before", "multipart/mixed", text + "--m\n", ""),
          Arguments.of("M1 text behind", "multipart/mixed", "--m\n", "\n" + text),
          Arguments.of("M2 hidden with HTML", "multipart/mixed", open + "--m\n", ""),
          Arguments.of("M2 hidden by preference", "multipart/alternative", "--m\n", "\n" + text),
          Arguments.of(
              "M3 hidden in a reference", "multipart/related", cid + "--m\nContent-ID: <x>\n", ""),
          Arguments.of("M4 hidden as attachment", "multipart/mixed", text + file, ""),
          Arguments.of(
              "M4 hidden as attached mail",
              "multipart/mixed",
              text + "--m\nContent-Type: message/rfc822\n\nSubject: x\n",
              ""),
          Arguments.of(
              "twice below", "multipart/mixed", "--m\nContent-Type: message/rfc822\n\n", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappings")
    void aSignedPartIsNotASignedMail(String name, String type, String before, String after) {
      String root =
          Forge.crlf("Content-Type: " + type + "; boundary=m\n\n" + before)
              + Forge.signed(wrapped(), GP)
              + Forge.crlf(after + "\n--m--\n");

      assertThat(Forge.verdict(Forge.encrypted(root))).as(name).isEqualTo("partially-signed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrappings")
    void anEncryptedPartIsNotAnEncryptedMail(
        String name, String type, String before, String after) {
      String mail = Forge.honest();
      String root =
          Forge.crlf("From: x@y.nl\nContent-Type: " + type + "; boundary=m\n\n" + before)
              + mail.substring(mail.indexOf("MIME-Version:"))
              + Forge.crlf(after + "\n--m--\n");

      assertThat(Forge.verdict(root)).as(name).isEqualTo("partially-encrypted");
    }

    @Test
    void aThirdPartBesideTheSignature() {
      String signed = Forge.signed(wrapped(), GP);
      int last = signed.lastIndexOf("\r\n--");
      String boundary = signed.substring(last, signed.length() - 4);
      String more = signed.substring(0, last) + boundary + "\r\n\r\nvals" + signed.substring(last);

      assertThat(Forge.verdict(Forge.encrypted(more))).isEqualTo("partially-signed");
    }

    /** Text before the first and behind the last boundary is shown by some, and never read here. */
    @Test
    void textAroundThePartsIsNotRead() {
      String signed = Forge.signed(wrapped(), GP);
      int body = signed.indexOf("\r\n\r\n") + 4;
      String around = signed.substring(0, body) + "Johnny, weg!\r\n" + signed.substring(body);
      Opened opened = Forge.open(Forge.encrypted(around + "Johnny, weg!\r\n"));

      String read =
          SealAndOpenTest.trusted(opened).content().entity().decode(StandardCharsets.UTF_8);
      assertThat(read).doesNotContain("Johnny").contains("hallo");
    }

    @Test
    void signedTwice() {
      String twice = Forge.signed(Forge.signed(wrapped(), GP), GP);

      assertThat(Forge.verdict(Forge.encrypted(twice))).isEqualTo("malformed");
    }

    @Test
    void encryptedTwice() {
      String inner = Forge.honest();
      String entity = inner.substring(inner.indexOf("Content-Type:"));

      assertThat(Forge.verdict(Forge.encrypted(entity))).isEqualTo("malformed");
    }

    @Test
    void signedOutsideEncryptedInside() {
      String inner = Forge.honest();
      String entity = inner.substring(inner.indexOf("Content-Type:"));
      String outside =
          inner.substring(0, inner.indexOf("MIME-Version:")) + Forge.signed(entity, GP);

      assertThat(Forge.verdict(outside)).isEqualTo("partially-encrypted");
    }
  }
}
