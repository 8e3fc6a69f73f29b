package io.bezoar.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The digest of files in a folder: the SHA-256 of a list in which each has a line, as `sha256sum`
/// writes it of their paths from the folder, in the order of the paths. Owned by one thread.
public final class FolderDigest {
    private final MessageDigest list = Unpacking.sha256();

    FolderDigest() {}

    /// Takes the next file.
    ///
    /// @param within its path from the folder
    void add(String within, String sha256) {
        boolean escaped = within.indexOf('\\') >= 0 || within.indexOf('\n') >= 0 || within.indexOf('\r') >= 0;
        String name =
                escaped ? within.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") : within;
        String line = (escaped ? "\\" : "") + sha256 + "  " + name + "\n";
        list.update(line.getBytes(StandardCharsets.UTF_8));
    }

    /// The digest in lower-case hex; once.
    String end() {
        return HexFormat.of().formatHex(list.digest());
    }

    /// The digest of everything in a folder. A symbolic link counts as where it leads, not as what lies
    /// there. What cannot be read makes a digest that no folder has.
    public static String of(Path folder) throws IOException {
        FolderDigest digest = new FolderDigest();
        FilesByPath.walk(folder, new FilesByPath.Visitor() {
            @Override
            public boolean enters(Path inside) {
                return true;
            }

            @Override
            public void file(Path file, String within, boolean alone) throws IOException {
                MessageDigest bytes = Unpacking.sha256();
                try (InputStream in = Files.newInputStream(file);
                        DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), bytes)) {
                    in.transferTo(out);
                }
                digest.add(within, HexFormat.of().formatHex(bytes.digest()));
            }

            @Override
            public void link(Path link, String within, boolean alone) throws IOException {
                digest.add(within, "-> " + Files.readSymbolicLink(link));
            }

            @Override
            public void failed(Path path, String why) {
                digest.add(path.toString(), why);
            }
        });
        return digest.end();
    }
}
