package nl.wotpoort.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Client;
import org.junit.jupiter.api.Test;

/** Keys, marks, pseudonyms and encrypted values. */
class StoreKeyTest {

  private final Pseudonyms pseudonyms = new Pseudonyms(Sample.key());

  @Test
  void aKeyIsAtLeast32BytesAndNoPlaceholder() {
    assertThatThrownBy(() -> StoreKey.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StoreKey.of(new byte[64]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(StoreKey.parse("")).isEmpty();
    assertThat(StoreKey.parse("not base64 at all !")).isEmpty();
    assertThat(StoreKey.parse(Base64.getEncoder().encodeToString(new byte[32]))).isEmpty();
    assertThat(StoreKey.parse("A".repeat(45))).isEmpty();
    assertThat(StoreKey.parse("=".repeat(44))).isEmpty();
  }

  @Test
  void derivationIsHkdf() {
    // python3 -c 'import hmac,hashlib as h; k=bytes(range(1,33));
    // p=hmac.new(bytes(32),k,h.sha256).digest();
    //   print(hmac.new(p,b"pseudonyms\x01",h.sha256).hexdigest())'
    assertThat(HexFormat.of().formatHex(Sample.key().derive("pseudonyms").getEncoded()))
        .isEqualTo("911983de8cb9852f03094ca1c05bf8c4c9b8ce8b317976ce511b659d3c67ffb8");
  }

  @Test
  void theSameSecretIsTheSameKeyAndPrintsNothing() {
    byte[] secret = new byte[40];
    secret[3] = 7;
    StoreKey read =
        StoreKey.parse(" " + Base64.getEncoder().encodeToString(secret) + "\n").orElseThrow();

    assertThat(read.marks("loop").of("x")).isEqualTo(StoreKey.of(secret).marks("loop").of("x"));
    assertThat(read.toString()).isEqualTo("store key •••");
  }

  @Test
  void aMarkIsOursOnlyForItsTextItsUseAndItsKey() {
    Marks loop = Sample.key().marks("loop");
    String mark = loop.of("M1");

    assertThat(loop.isOurs("M1", mark)).isTrue();
    assertThat(loop.isOurs("M2", mark)).isFalse();
    assertThat(loop.isOurs("M1", mark.substring(1))).isFalse();
    assertThat(loop.isOurs("M1", "")).isFalse();
    assertThat(Sample.key().marks("reply").isOurs("M1", mark)).isFalse();
    assertThat(Sample.key(2).marks("loop").isOurs("M1", mark)).isFalse();
  }

  @Test
  void pseudonymsDependOnTheKeyAndOnWhatTheyStandFor() {
    Address address = Sample.GP;

    assertThat(pseudonyms.address(address)).isEqualTo(pseudonyms.address(address));
    assertThat(pseudonyms.address(address))
        .isNotEqualTo(new Pseudonyms(Sample.key(2)).address(address));
    assertThat(pseudonyms.address(address).value())
        .isNotEqualTo(pseudonyms.messageId(address.toString()).value());
  }

  @Test
  void aClientHasAllItsPseudonymsTheStrongestFirst() {
    assertThat(pseudonyms.client(Sample.client()).orElseThrow().all())
        .extracting(Pseudonym::kind)
        .containsExactly(
            Pseudonym.Kind.BSN,
            Pseudonym.Kind.NAME_INITIALS_BORN,
            Pseudonym.Kind.NAME_BORN,
            Pseudonym.Kind.BORN_ADDRESS,
            Pseudonym.Kind.BSN_BORN);
  }

  @Test
  void whoIsNotIdentifiedHasNoPseudonym() {
    Optional<String> none = Optional.empty();
    assertThat(pseudonyms.client(Client.unknown())).isEmpty();
    assertThat(pseudonyms.client(Sample.client("Merel", "A", "", "3112 AB", "1", none))).isEmpty();
    assertThat(pseudonyms.client(Sample.client("", "", "1980-04-02", "3112 AB", "", none)))
        .isEmpty();
    assertThat(pseudonyms.client(Sample.client("", "", "1980-04-02", "3112", "1", none)))
        .as("a PC4 covers too many houses")
        .isEmpty();
    assertThat(pseudonyms.client(Sample.client("---", "", "1980-04-02", "", "", none))).isEmpty();
  }

  @Test
  void anEncryptedValueOpensInItsOwnColumnOnly() {
    Strongbox box = new Strongbox(Sample.key());
    byte[] closed = box.close("a.b", "kanarie é");

    assertThat(box.open("a.b", closed)).isEqualTo("kanarie é");
    assertThat(box.close("a.b", "kanarie é")).as("never twice the same").isNotEqualTo(closed);
    assertThatThrownBy(() -> box.open("a.c", closed)).isInstanceOf(StoreException.Damaged.class);
    assertThatThrownBy(() -> new Strongbox(Sample.key(2)).open("a.b", closed))
        .isInstanceOf(StoreException.Damaged.class);
    closed[closed.length - 1] ^= 1;
    assertThatThrownBy(() -> box.open("a.b", closed)).isInstanceOf(StoreException.Damaged.class);
    assertThatThrownBy(() -> box.open("a.b", new byte[5]))
        .isInstanceOf(StoreException.Damaged.class);
    assertThatThrownBy(() -> box.open("a.b", new byte[13]))
        .isInstanceOf(StoreException.Damaged.class);
  }

  @Test
  void fieldsComeApartAsTheyWerePutTogether() {
    assertThat(Fields.split(Fields.of("", "a:b", "3:x", "é\n")))
        .containsExactly("", "a:b", "3:x", "é\n");
    for (String broken : new String[] {"x", "5:abc", ":", "-1:a", "9999999999:a", "99999999:a"}) {
      assertThatThrownBy(() -> Fields.split(broken)).isInstanceOf(StoreException.Damaged.class);
    }
  }

  @Test
  void referencesAreReadAsPeopleTypeThem() {
    assertThat(MessageRef.parse(" m12 ")).contains(new MessageRef(12));
    assertThat(MessageRef.parse("12")).contains(new MessageRef(12));
    assertThat(OutgoingRef.parse("L7")).contains(new OutgoingRef(7));
    assertThat(OutgoingRef.parse("M7")).isEmpty();
    assertThat(MessageRef.parse("M")).isEmpty();
    assertThat(MessageRef.parse("M9999999999999999999")).isEmpty();
  }

  @Test
  void aServerOlderThanTheOldestIsRefused() {
    PostgresDialect.refuseOlder(140_000);
    PostgresDialect.refuseOlder(180_001);
    assertThatThrownBy(() -> PostgresDialect.refuseOlder(130_022))
        .isInstanceOf(StoreException.Unsuitable.class);
  }

  @Test
  void settingsPrintNoPassword() {
    assertThat(StoreSettings.of("jdbc:postgresql://h/d?password=geheim", Sample.key()).toString())
        .doesNotContain("geheim");
  }
}
