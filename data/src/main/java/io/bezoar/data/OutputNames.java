package io.bezoar.data;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Names for the files that are made of input files, no two the same.
final class OutputNames {
    private static final List<String> PACKED = List.of(".gz", ".gzip", ".zst", ".zstd");

    private final Set<String> taken = new HashSet<>();

    /// The name of what is made of a file: `train.jsonl.gz` has the stem `train` and the ending
    /// `.jsonl.gz`; that of a folder has no ending.
    Name of(Body body) {
        boolean folder = body.packing() == Packing.FOLDER;
        Path last = (folder ? body.stored().toAbsolutePath().normalize() : body.stored()).getFileName();
        String name = body.name().equals("-") || last == null ? folder ? "root" : "stdin" : last.toString();
        int cut = name.length();
        String lower = name.toLowerCase(Locale.ROOT);
        for (String ending : PACKED) {
            if (!folder && lower.endsWith(ending)) {
                cut -= ending.length();
                break;
            }
        }
        int dot = name.lastIndexOf('.', cut - 1);
        cut = dot > 0 && !folder ? dot : cut;
        String ending = name.substring(cut);
        String stem = name.substring(0, cut);
        for (int number = 2; !taken.add(stem + ending); number++) {
            stem = name.substring(0, cut) + "-" + number;
        }
        return new Name(stem, ending);
    }

    /// A name with a place for what became of the rows.
    record Name(String stem, String ending) {
        /// `train.what.jsonl`
        String with(String what) {
            return stem + "." + what + ending;
        }
    }
}
