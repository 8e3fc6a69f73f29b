package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Part;
import io.bezoar.core.ScanResult.Malformed;
import io.bezoar.core.Source;
import io.bezoar.core.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What the tests of this module share: writing a file, reading it, saying what was read.
record Reading(List<String> rows, long count, List<Malformed> malformed, String layout, int parts) {

    static Path write(Path folder, String name, String text) {
        return write(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reading of(Path file) {
        return of(file, ReadSettings.DEFAULT);
    }

    static Reading of(Path file, ReadSettings settings) {
        try (DataSet data = DataSet.open(List.of(file.toString()), settings)) {
            List<String> rows = said(data);
            return new Reading(
                    rows,
                    Arrays.stream(Problems.Kind.values())
                            .mapToLong(kind -> data.problems().of(kind).count())
                            .sum(),
                    problems(data),
                    data.layout(),
                    data.parts().size());
        }
    }

    /// Everything that was not read, by kind.
    private static List<Malformed> problems(DataSet data) {
        List<Malformed> all = new ArrayList<>();
        for (Problems.Kind kind : Problems.Kind.values()) {
            if (kind == Problems.Kind.REJECTED) {
                continue; // they are read
            }
            all.addAll(data.problems().of(kind).samples());
        }
        return all;
    }

    /// The problems, each as `line: problem`.
    List<String> problems() {
        return malformed.stream()
                .map(sample -> sample.line() + ": " + sample.problem())
                .toList();
    }

    static List<String> said(Source<Example> source) {
        List<String> rows = new ArrayList<>();
        for (Part<Example> part : source.parts()) {
            try (Stream<Example> examples = part.open()) {
                examples.forEachOrdered(example -> rows.add(said(example)));
            }
        }
        return rows;
    }

    /// All fields of an example.
    static String said(Example example) {
        return example.position().line() + "@" + example.position().offset() + "+"
                + example.position().length() + " "
                + brief(example) + " id=" + example.declaredId().orElse("-") + " source="
                + example.origin().source().orElse("-") + " annotator="
                + example.origin().annotator().orElse("-") + " time="
                + example.origin().time().map(Object::toString).orElse("-") + " url="
                + example.origin().url().orElse("-") + " batch="
                + example.origin().batch().orElse("-") + " key="
                + example.key() + " tokens=" + java.util.Arrays.hashCode(example.tokens());
    }

    /// Input and target.
    static String brief(Example example) {
        return switch (example.target()) {
            case Target.Label(String name) -> example.input() + " => " + name;
            case Target.Response(String text) -> example.input() + " >> " + text;
            case Target.Preference(String chosen, String rejected) ->
                example.input() + " >> " + chosen + " > " + rejected;
            case Target.Absent() -> example.input();
        };
    }

    static List<String> brief(Path file) {
        return brief(file, ReadSettings.DEFAULT);
    }

    static List<String> brief(Path file, ReadSettings settings) {
        try (DataSet data = DataSet.open(List.of(file.toString()), settings)) {
            List<String> rows = new ArrayList<>();
            for (Part<Example> part : data.parts()) {
                try (Stream<Example> examples = part.open()) {
                    examples.forEachOrdered(example -> rows.add(brief(example)));
                }
            }
            return rows;
        }
    }
}
