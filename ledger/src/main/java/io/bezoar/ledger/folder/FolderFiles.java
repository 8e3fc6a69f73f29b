package io.bezoar.ledger.folder;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.merkle.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of a folder and their digests, by their names relative to it, in the order of code points. Nothing but
/// plain files and folders: a symbolic link could lead anywhere.
final class FolderFiles {
    /// The order of Python's strings, which other tools sort by.
    static final Comparator<String> ORDER = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private FolderFiles() {}

    /// @throws Unusable if it is no folder
    /// @throws Malformed if there is anything in it but files and folders, or a name that readers may
    ///     take for another
    static SortedMap<String, Digest> of(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new Unusable("expected a folder, but \"" + folder + "\" is none; check the path");
        }
        SortedMap<String, Digest> digests = new TreeMap<>(ORDER);
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.toList();
        }
        for (Path file : all) {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new Malformed("expected files and folders in \"" + folder
                        + "\", came a symbolic link or device at \"" + file + "\", which could lead anywhere");
            }
            String name = folder.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), "/");
            if (!safe(name) || digests.put(name, digest(file)) != null) {
                throw new Malformed("expected file names in UTF-8 and Unicode form C, without control characters and"
                        + " backslashes, in \"" + folder + "\", came \"" + name + "\"");
            }
        }
        return digests;
    }

    /// Is that a relative name that cannot lead out of its folder, and that all readers write in the
    /// same way? Java shows bytes that are no UTF-8 as U+FFFD, so that two names could look like one.
    static boolean safe(String name) {
        return !name.isEmpty()
                && name.indexOf('\\') < 0
                && name.indexOf('\ufffd') < 0
                && Normalizer.isNormalized(name, Normalizer.Form.NFC)
                && name.chars().noneMatch(c -> c < 0x20 || c == 0x7f)
                && StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && Arrays.stream(name.split("/", -1))
                        .noneMatch(step -> step.isEmpty() || step.equals(".") || step.equals(".."));
    }

    private static Digest digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                DigestOutputStream out =
                        new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(out);
            return Digest.of(out.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java without SHA-256", e);
        }
    }
}
