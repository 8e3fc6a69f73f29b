package io.bezoar.app.cli;

import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.core.ScanResult;
import io.bezoar.core.ScanResult.DetectorRun;
import io.bezoar.core.ScanResult.Malformed;
import io.bezoar.data.Problems;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/// Says of data that were not read to the end what is missing.
final class Incomplete {
    private static final int TOLD = 5;

    private Incomplete() {}

    /// One sentence on standard error for each file, as far as they are few.
    static void tell(CommandLine verb, Problems problems) {
        PrintWriter err = verb.getErr();
        Problems.Some unread = problems.of(Problems.Kind.UNREAD);
        unread.samples().stream()
                .limit(TOLD)
                .forEach(file -> err.println(verb.getCommandSpec().qualifiedName() + ": incomplete: "
                        + SafeText.plain(sentence(file), 1000)));
        if (unread.count() > TOLD) {
            err.println(verb.getCommandSpec().qualifiedName() + ": incomplete: and "
                    + Words.count(unread.count() - TOLD, "more file"));
        }
        err.flush();
    }

    /// One sentence on standard error if no piece of the data is a row.
    static void nothing(CommandLine verb, ScanResult.DataSet data) {
        String came = data.malformed() == 0
                ? "none: " + Words.count(data.files().size(), "file") + " without a row; nothing was checked"
                : Words.count(data.malformed(), "malformed piece") + " and none; the first is "
                        + data.malformedSamples().stream()
                                .findFirst()
                                .map(piece -> SafeText.plain(sentence(piece), 1000))
                                .orElse("not known");
        verb.getErr().println(verb.getCommandSpec().qualifiedName() + ": expected rows, came " + came);
        verb.getErr().flush();
    }

    /// One sentence on standard error if there are rows and no detector could run on them.
    static void noDetector(CommandLine verb, List<DetectorRun> detectors) {
        String why = detectors.stream()
                .filter(detector -> !detector.note().isEmpty())
                .findFirst()
                .map(detector -> detector.name() + ": " + detector.note())
                .orElse("none was asked for");
        verb.getErr()
                .println(verb.getCommandSpec().qualifiedName()
                        + ": incomplete: expected data that a detector can run on, but none could ("
                        + SafeText.plain(why, 400) + "); nothing was checked; say with --map which column is what");
        verb.getErr().flush();
    }

    /// What was not read and why, each one sentence.
    static List<String> sentences(Problems problems) {
        List<String> sentences = new ArrayList<>();
        Problems.Some unread = problems.of(Problems.Kind.UNREAD);
        unread.samples().stream().limit(TOLD).forEach(file -> sentences.add(sentence(file) + "."));
        if (unread.count() > TOLD) {
            sentences.add(Words.count(unread.count() - TOLD, "more file") + " could not be read, or not to the end.");
        }
        names(problems.of(Problems.Kind.SKIPPED), " not read because of the name", sentences);
        names(problems.of(Problems.Kind.EMPTY), " empty", sentences);
        return sentences;
    }

    /// Which columns may hold the target that was not recognised; empty if there are none such.
    static Optional<String> undecided(List<String> columns) {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        String some = columns.stream()
                .limit(TOLD)
                .map(name -> '"' + SafeText.plain(name, 80) + '"')
                .collect(Collectors.joining(", "));
        return Optional.of("Labels were not looked at: which column holds them, if any, does not show (" + some
                + (columns.size() > TOLD ? ", …" : "")
                + "). Say so with --map label=COLUMN, and most detectors can work.");
    }

    private static void names(Problems.Some files, String how, List<String> sentences) {
        if (files.count() > 0) {
            sentences.add(Words.count(files.count(), "file") + (files.count() == 1 ? " was" : " were") + how + ": "
                    + String.join(
                            ", ",
                            files.samples().stream()
                                    .limit(TOLD)
                                    .map(Malformed::file)
                                    .toList())
                    + (files.count() > TOLD ? ", …" : "."));
        }
    }

    private static String sentence(Malformed file) {
        return file.problem().contains("\"" + file.file() + "\"")
                ? file.problem()
                : "\"" + file.file() + "\" from line " + file.line() + ": " + file.problem();
    }
}
