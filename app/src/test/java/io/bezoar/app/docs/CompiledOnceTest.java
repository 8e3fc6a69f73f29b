package io.bezoar.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The launcher's list of code that is not worth an optimising compiler names classes that exist: the JVM says nothing
/// of names that match none.
class CompiledOnceTest {
    private static final Pattern OURS = Pattern.compile("\"io/bezoar/([^\"]+)\\.\\*\"");

    @Test
    void everyNameIsAClass() throws IOException {
        Path sources = Page.home().resolve("detect/src/main/java/io/bezoar");
        List<String> names = OURS.matcher(
                        Page.of("app/src/main/launcher/compiled-once.json").text())
                .results()
                .map(name -> name.group(1))
                .toList();
        assertTrue(names.size() > 10, names::toString);
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> classes = files.map(sources::relativize).toList();
            for (String name : names) {
                PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name + ".java");
                assertTrue(classes.stream().anyMatch(matcher::matches), name);
            }
        }
    }

    @Test
    void whatRunsForEveryRowComesFirst() throws IOException {
        String text = Page.of("app/src/main/launcher/compiled-once.json").text();
        assertEquals(
                List.of("false", "true"),
                Pattern.compile("Exclude: (\\w+)")
                        .matcher(text)
                        .results()
                        .map(m -> m.group(1))
                        .toList());
    }
}
