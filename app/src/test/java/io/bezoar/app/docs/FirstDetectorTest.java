package io.bezoar.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Detector;
import io.bezoar.core.LocalEngine;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.data.RowIds;
import io.bezoar.detect.scan.Scan;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The detector of `CONTRIBUTING.md`, exactly as printed, compiles and finds what it says.
class FirstDetectorTest {
    @TempDir
    private Path folder;

    @Test
    void theFirstDetectorFindsPaddedRows() throws Exception {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), rows());
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Detector<?> detector = detector(loader);
            Map<String, Double> scores = scores(detector, file, 1, 0);
            assertEquals("odd-length", detector.name());
            double leastPadded = scores.entrySet().stream()
                    .filter(row -> row.getKey().startsWith("padded"))
                    .mapToDouble(Map.Entry::getValue)
                    .min()
                    .orElseThrow();
            double mostPlain = scores.entrySet().stream()
                    .filter(row -> row.getKey().startsWith("plain"))
                    .mapToDouble(Map.Entry::getValue)
                    .max()
                    .orElseThrow();
            assertTrue(leastPadded > mostPlain, leastPadded + " against " + mostPlain);
            assertEquals(scores, scores(detector, file, 2, 4000), "threads and parts change nothing");
        }
    }

    private static String rows() {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            boolean padded = i % 50 == 7;
            rows.append("{\"id\":\"")
                    .append(padded ? "padded-" : "plain-")
                    .append(i)
                    .append("\",\"text\":\"where is my");
            for (int word = padded ? 60 : random.nextInt(6, 12); word > 0; word--) {
                rows.append(" parcel");
            }
            rows.append("\",\"label\":\"")
                    .append(i % 3 == 0 ? "delivery" : "refund")
                    .append("\"}\n");
        }
        return rows.toString();
    }

    private Detector<?> detector(ClassLoader loader) throws Exception {
        String code = Page.of("CONTRIBUTING.md").block("java", "package io.bezoar.detect.labels;");
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///OddLength.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                };
        StringWriter complaints = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        complaints,
                        null,
                        null,
                        List.of(
                                "-proc:none",
                                "-d",
                                folder.toString(),
                                "-classpath",
                                System.getProperty("java.class.path")),
                        null,
                        List.of(source))
                .call();
        assertTrue(compiled, complaints.toString());
        return (Detector<?>) loader.loadClass("io.bezoar.detect.labels.OddLength")
                .getConstructor()
                .newInstance();
    }

    private static Map<String, Double> scores(Detector<?> detector, Path file, int threads, int partBytes)
            throws Exception {
        Map<String, Double> scores = new LinkedHashMap<>();
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withPartBytes(partBytes))) {
            new Scan(data, new LocalEngine(threads), _ -> {})
                    .run(
                            List.of(detector),
                            RowIds.fold(),
                            summary -> RowIds.of(summary)::of,
                            columns -> (id, _, each) -> scores.put(id, each[columns.indexOf(detector.name())]));
        }
        return scores;
    }
}
