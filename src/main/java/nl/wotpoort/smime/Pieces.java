package nl.wotpoort.smime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import nl.wotpoort.letter.Bytes;

/** Bytes one after another that are never laid together: 25 MB need no second array. Immutable. */
record Pieces(List<Bytes> pieces) {

  Pieces {
    pieces = List.copyOf(pieces);
  }

  static Pieces of(byte[]... arrays) {
    return new Pieces(List.of(arrays).stream().map(Bytes::wrap).toList());
  }

  int length() {
    return pieces.stream().mapToInt(Bytes::length).sum();
  }

  void writeTo(OutputStream out) throws IOException {
    for (Bytes piece : pieces) {
      piece.writeTo(out);
    }
  }

  Pieces after(Bytes first) {
    List<Bytes> all = new ArrayList<>(List.of(first));
    all.addAll(pieces);
    return new Pieces(all);
  }

  Pieces before(Bytes last) {
    List<Bytes> all = new ArrayList<>(pieces);
    all.add(last);
    return new Pieces(all);
  }

  Bytes joined() {
    return Bytes.joined(pieces);
  }
}
