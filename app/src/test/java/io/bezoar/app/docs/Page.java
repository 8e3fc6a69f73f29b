package io.bezoar.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Markdown page of the repository and the code blocks in it.
record Page(String name, String text) {
    /// The folder that holds `mvnw`.
    static Path home() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("mvnw"))) {
                return at;
            }
        }
        throw new IllegalStateException("no folder above this one holds mvnw");
    }

    static Page of(String name) throws IOException {
        return new Page(name, Files.readString(home().resolve(name)));
    }

    /// The first fenced block in `language` whose text begins with `beginning`, without the fences.
    String block(String language, String beginning) {
        Matcher fence = Pattern.compile("(?m)^```" + language + "\\n(.*?)^```$", Pattern.DOTALL)
                .matcher(text);
        while (fence.find()) {
            if (fence.group(1).startsWith(beginning)) {
                return fence.group(1);
            }
        }
        throw new AssertionError(name + " has no block in " + language + " that begins with " + beginning);
    }
}
