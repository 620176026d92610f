package nl.wotpoort.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each write that goes through is a record of TLS; what is held has not gone. */
class TogetherTest {

  private static final String HALF = "x".repeat(8192);

  private final List<String> records = new ArrayList<>();
  private boolean broken;

  private final Together together =
      new Together(
          new ByteArrayInputStream("250 ok\r\n250 ok\r\n".getBytes(StandardCharsets.US_ASCII)),
          new OutputStream() {
            @Override
            public void write(int one) {
              throw new AssertionError("byte by byte");
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
              if (broken) {
                throw new IOException("gone");
              }
              records.add(new String(from, offset, length, StandardCharsets.US_ASCII));
            }
          });

  private void say(String what) throws IOException {
    together.output().write(what.getBytes(StandardCharsets.US_ASCII));
    together.output().flush();
  }

  @Test
  void whatIsFlushedWaitsForWhoeverReads() throws IOException {
    say("one\r\n");
    say("two\r\n");
    together.output().write('.');
    assertThat(records).isEmpty();
    assertThat(together.input().read()).isEqualTo('2');
    assertThat(records).containsExactly("one\r\ntwo\r\n.");
    assertThat(together.input().read(new byte[100])).isEqualTo(15);
    assertThat(records).hasSize(1);
    say("three\r\n");
    assertThat(together.input().read(new byte[100])).isEqualTo(-1);
    assertThat(records).hasSize(2).last().isEqualTo("three\r\n");
  }

  @Test
  void moreThanARecordDoesNotWait() throws IOException {
    say(HALF + HALF + HALF + HALF + HALF);
    assertThat(records).containsExactly(HALF + HALF, HALF + HALF);
    together.output().close();
    assertThat(records).hasSize(3).last().isEqualTo(HALF);
  }

  @Test
  void aFullRecordLeavesBeforeOneByteMore() throws IOException {
    say(HALF + HALF);
    assertThat(records).isEmpty();
    together.output().write('.');
    assertThat(records).containsExactly(HALF + HALF);
    together.leave();
    assertThat(records).last().isEqualTo(".");
  }

  /** Half of it may have gone; the same once more would be another command, or a line twice. */
  @Test
  void whatFailedIsNotSentAgain() throws IOException {
    say("one\r\n");
    broken = true;
    assertThatThrownBy(() -> together.input().read()).isInstanceOf(IOException.class);
    broken = false;
    together.output().close();
    assertThat(records).isEmpty();
  }
}
