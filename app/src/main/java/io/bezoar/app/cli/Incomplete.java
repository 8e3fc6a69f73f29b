package io.bezoar.app.cli;

import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.core.ScanResult;
import io.bezoar.core.ScanResult.DetectorRun;
import io.bezoar.core.ScanResult.Malformed;
import io.bezoar.data.DataSet;
import io.bezoar.data.Problems;
import io.bezoar.data.RowIds;
import io.bezoar.data.Unread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/// Says of data that were not read to the end what is missing.
final class Incomplete {
    private static final int TOLD = 5;
    private static final int CANDIDATES = 20;

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
        names(problems.of(Problems.Kind.SKIPPED), "file", " not read because of the name", sentences);
        names(
                problems.of(Problems.Kind.BESIDE),
                "file",
                " not read because folders named by label lie beside",
                sentences);
        names(problems.of(Problems.Kind.RESULTS), "folder", " read without the results of a scan there", sentences);
        names(problems.of(Problems.Kind.EMPTY), "file", " empty", sentences);
        targetless(problems.of(Problems.Kind.TARGETLESS), sentences);
        rejected(problems.of(Problems.Kind.REJECTED), sentences);
        wide(problems.of(Problems.Kind.WIDE), sentences);
        late(problems.of(Problems.Kind.COLUMN), sentences);
        return sentences;
    }

    /// The columns that were not read although they may be the target, and the speakers of whom one may
    /// be the assistant; safe to show. Texts beside a text are none: so many corpora have titles.
    static List<String> mayBeTarget(DataSet data) {
        Stream<String> unread = data.unread().stream()
                .filter(column -> switch (column.kind()) {
                    case CLASSES, CHOICE, TURNS, SPEAKER -> true;
                    case TEXTS, ASIDE, SPARSE, TIMES -> false;
                })
                .map(Unread::column);
        Stream<String> late =
                data.problems().of(Problems.Kind.COLUMN).samples().stream().map(Malformed::quote);
        return Stream.of(data.undecided().stream(), unread, late)
                .flatMap(names -> names)
                .map(name -> SafeText.plain(name, 80))
                .distinct()
                .limit(CANDIDATES)
                .toList();
    }

    /// Which columns may hold the target that was not recognised; empty if there are none such.
    static Optional<String> undecided(List<String> columns) {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("Labels were not looked at: which column holds them, if any, does not show ("
                + some(columns.stream().map(Incomplete::named))
                + "). Say so with --map label=COLUMN"
                + (columns.size() > 1 ? ", or label=ONE+TWO where each says 0 or 1 of its own label" : "")
                + ", and most detectors can work.");
    }

    /// Files that do not have the column of the target.
    private static void targetless(Problems.Some files, List<String> sentences) {
        if (files.count() > 0) {
            sentences.add("Targets were not looked at in " + Words.count(files.count(), "file")
                    + " without the column that holds them: "
                    + some(files.samples().stream().map(file -> "\"" + file.file() + "\" lacks " + named(file.quote())))
                    + ".");
        }
    }

    /// Rows whose labels an annotator did not accept.
    private static void rejected(Problems.Some rows, List<String> sentences) {
        rows.samples().stream()
                .findFirst()
                .ifPresent(first -> sentences.add("Labels were not looked at in " + Words.count(rows.count(), "row")
                        + " that an annotator did not accept, the first in line " + first.line() + " of \""
                        + first.file() + "\"; who trains on them all the same reads the labels with --map"
                        + " text=COLUMN,label=COLUMN."));
    }

    /// Files with more columns than are looked at.
    private static void wide(Problems.Some files, List<String> sentences) {
        files.samples().stream()
                .findFirst()
                .ifPresent(first -> sentences.add("Of the columns of " + Words.count(files.count(), "file") + ", \""
                        + first.file() + "\" first, only " + first.quote()
                        + " were looked at, and those with usual names. Say what another one is with --map"
                        + " ROLE=COLUMN."));
    }

    /// Columns that begin beyond the first rows.
    private static void late(Problems.Some columns, List<String> sentences) {
        Map<String, Malformed> first = new LinkedHashMap<>();
        columns.samples().forEach(sample -> first.putIfAbsent(sample.quote(), sample));
        if (!first.isEmpty()) {
            sentences.add("Not read, because the first rows do not have it: "
                    + some(first.values().stream()
                            .map(column -> "the column " + named(column.quote()) + " from line " + column.line()
                                    + " of \"" + column.file() + '"'))
                    + ". Say what it is with --map ROLE=COLUMN.");
        }
    }

    /// Which columns are not read though they may matter, and who speaks where nobody is an assistant.
    static List<String> unread(List<Unread> unread) {
        List<String> sentences = new ArrayList<>();
        List<Unread> columns = unread.stream()
                .filter(column -> column.kind() != Unread.Kind.SPEAKER
                        && column.kind() != Unread.Kind.CHOICE
                        && column.kind() != Unread.Kind.ASIDE)
                .toList();
        List<Unread> speakers = unread.stream()
                .filter(column -> column.kind() == Unread.Kind.SPEAKER)
                .toList();
        if (!speakers.isEmpty()) {
            sentences.add("Answers were not looked at: who of the speakers is the assistant does not show ("
                    + some(speakers.stream().map(one -> named(one.column())))
                    + "). Name the assistant \"assistant\" in the data.");
        }
        unread.stream()
                .filter(column -> column.kind() == Unread.Kind.CHOICE)
                .map(column -> "Answers were not looked at: which of them is chosen does not show in the column "
                        + named(column.column()) + " (" + Words.count(column.number(), "value")
                        + "). Say so with --map chosen=FIRST,rejected=SECOND,choice="
                        + SafeText.plain(column.column(), 80) + " or --map options=LIST,choice="
                        + SafeText.plain(column.column(), 80) + ": numbers count from 0, and true is the first.")
                .forEach(sentences::add);
        List<Unread> aside = unread.stream()
                .filter(column -> column.kind() == Unread.Kind.ASIDE)
                .toList();
        if (!aside.isEmpty()) {
            sentences.add("Not read in the turns of conversations: "
                    + some(aside.stream()
                            .map(one -> named(one.column()) + " (texts of " + Words.count(one.number(), "character")
                                    + " on average)"))
                    + ". What a model learns to say must stand in \"content\".");
        }
        if (!columns.isEmpty()) {
            sentences.add("Not read: "
                    + columns.stream().limit(TOLD).map(Incomplete::said).collect(Collectors.joining("; "))
                    + (columns.size() > TOLD ? "; and " + Words.count(columns.size() - TOLD, "more column") : "")
                    + ". Say what a column is with --map ROLE=COLUMN; input=COLUMN reads it with the text.");
        }
        return sentences;
    }

    private static String said(Unread column) {
        String name = "the column " + named(column.column()) + ", ";
        return switch (column.kind()) {
            case TEXTS -> name + "texts of " + Words.count(column.number(), "character") + " on average";
            case TURNS -> name + "turns of conversations";
            case CLASSES -> name + Words.count(column.number(), "value") + " that recur, as labels do";
            case TIMES ->
                name + "times of which " + Words.count(column.number()) + " of the first " + Words.count(column.rows())
                        + " cannot be read";
            case SPARSE ->
                name + "which says something in " + Words.count(column.number()) + " of the first "
                        + Words.count(column.rows(), "row");
            case ASIDE, CHOICE, SPEAKER -> name;
        };
    }

    /// Why the data's own ids are not used, with the first row that is to blame; empty if they are or there are none.
    static Optional<String> ids(RowIds ids, DataSet data) {
        return ids.remark()
                .map(remark -> remark
                        + data.withoutId(ids)
                                .map(row -> " The first is in line "
                                        + row.position().line() + " of \""
                                        + data.files()
                                                .get(row.position().file())
                                                .name() + '"'
                                        + row.declaredId()
                                                .map(id -> ": " + named(id))
                                                .orElse("") + ".")
                                .orElse("")
                        + " Rows are named by what they say.");
    }

    /// The first few, and a sign if there are more.
    private static String some(Stream<String> all) {
        List<String> list = all.toList();
        return String.join(", ", list.subList(0, Math.min(TOLD, list.size()))) + (list.size() > TOLD ? ", …" : "");
    }

    private static String named(String fromData) {
        return '"' + SafeText.plain(fromData, 80) + '"';
    }

    private static void names(Problems.Some files, String what, String how, List<String> sentences) {
        if (files.count() > 0) {
            sentences.add(Words.count(files.count(), what) + (files.count() == 1 ? " was" : " were") + how + ": "
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
