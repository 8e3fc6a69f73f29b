package io.bezoar.data;

import io.bezoar.data.RowParser.Value.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Two columns that belong together: texts that are put to a model side by side, what two sides say, a
/// text and what is made of it. What is told finds its roles in the casting.
final class Couples {
    /// Usual names of two texts that belong together, as the data sets of GLUE and others have them.
    private static final List<Map.Entry<String, String>> PAIRS = List.of(
            Map.entry("premise", "hypothesis"),
            Map.entry("sentence1", "sentence2"),
            Map.entry("question1", "question2"),
            Map.entry("text1", "text2"),
            Map.entry("sentence_a", "sentence_b"),
            Map.entry("text_a", "text_b"));

    /// Names of a second text that is read with the first.
    private static final Set<String> BESIDE = Set.of(
            "title", "headline", "subject", "summary", "short_description", "description", "abstract", "subtitle");
    /// Words for answers of which one is chosen.
    private static final Pattern ANSWERS = Pattern.compile(
            ".*(answer|response|completion|output|choice|option|ending|candidate|reply|reward|score).*");

    /// Names of texts and of what is made of them, in words with spaces between.
    private record Made(List<String> of, List<String> made) {
        Made(String of, String made) {
            this(List.of(of.split(" ")), List.of(made.split(" ")));
        }
    }

    /// What public sets call a text and what a model is to make of it, the more telling names first.
    private static final List<Made> MADE = List.of(
            new Made("article", "highlights summary abstract"),
            new Made("document documents dialogue dialog text post", "highlights summary tldr"),
            new Made("description", "abstract"),
            new Made("question nl utterance sql_prompt", "sql query"),
            new Made("rewritten_intent intent docstring func_documentation_string nl text prompt", "code snippet"),
            new Made("func_documentation_string", "func_code_string"),
            new Made("prompt", "canonical_solution"),
            new Made("source", "target"),
            new Made("src", "tgt trg"),
            new Made("source_text", "target_text"),
            new Made("input_text", "output_text target_text"),
            new Made("user_input", "model_output"),
            new Made("meaning_representation", "human_reference target"));

    /// A language at the end of a name: `de`, `pt_br`, `zho_hans`.
    private static final Pattern LANGUAGE = Pattern.compile("(.*\\.)?(([a-z]{2})(_[a-z]{2,4})?|[a-z]{3}_[a-z]{4})");

    private static final Set<String> LANGUAGES =
            Arrays.stream(Locale.getISOLanguages()).collect(Collectors.toUnmodifiableSet());

    private final Casting casting;
    private final Map<Role, String> found;

    Couples(Casting casting) {
        this.casting = casting;
        found = casting.found();
    }

    /// Takes two texts that are put to a model together: a premise and a hypothesis, two questions.
    boolean pair() {
        for (Map.Entry<String, String> pair : PAIRS) {
            Optional<String> first = casting.first(pair.getKey()::equals, column -> column.mostly(Kind.TEXT));
            Optional<String> second = casting.first(pair.getValue()::equals, column -> column.mostly(Kind.TEXT));
            if (first.isPresent() && second.isPresent()) {
                take(Role.TEXT, first.get(), Role.INPUT, second.get());
                return true;
            }
        }
        return twins();
    }

    /// Takes the only two texts, if their names are the same but for a sign that counts them: `#1 String`.
    private boolean twins() {
        List<String> texts = casting.told().isEmpty() ? casting.others(Column::prose) : List.of();
        if (texts.size() != 2 || !counted(Role.normal(texts.getFirst()), Role.normal(texts.getLast()))) {
            return false;
        }
        take(Role.TEXT, texts.getFirst(), Role.INPUT, texts.getLast());
        return true;
    }

    private static boolean counted(String first, String second) {
        if (first.length() != second.length() || ANSWERS.matcher(first).matches()) {
            return false;
        }
        String signs = IntStream.range(0, first.length())
                .filter(i -> first.charAt(i) != second.charAt(i))
                .mapToObj(i -> "" + first.charAt(i) + second.charAt(i))
                .collect(Collectors.joining());
        return first.length() > 1 && Set.of("12", "ab", "01").contains(signs);
    }

    /// Takes the only other text for a part of the input, if it has the name of one: whoever learns from
    /// a text learns from its title.
    void beside() {
        List<String> others =
                found.containsKey(Role.INPUT) || !casting.told().isEmpty() ? List.of() : casting.others(Column::prose);
        if (others.size() == 1 && BESIDE.contains(Role.normal(others.getFirst()))) {
            found.put(Role.INPUT, others.getFirst());
        }
    }

    /// Takes what two sides say, in columns that are named by who speaks.
    boolean sides() {
        if (!casting.besideAlone()) {
            return false;
        }
        Optional<String> asked =
                casting.first(name -> name.equals("q") || Turn.side(name).equals("user"), Column::prose);
        Optional<String> answered =
                casting.first(name -> name.equals("a") || Turn.side(name).equals("assistant"), Column::varied);
        if (asked.isEmpty() || answered.isEmpty()) {
            return false;
        }
        found.clear();
        take(Role.PROMPT, asked.get(), Role.RESPONSE, answered.get());
        return true;
    }

    /// Takes a text and what is made of it, in columns with usual names of such that nearly all rows have:
    /// what a few rows have anybody may have added. The names of both as the tables write them; empty if
    /// there are none.
    Optional<Map.Entry<String, String>> made() {
        if (!casting.besideAlone()) {
            return Optional.empty();
        }
        return MADE.stream()
                .flatMap(couple -> named(couple.of(), this::worded).stream()
                        .flatMap(of ->
                                named(couple.made(), this::worded).stream().map(made -> Map.entry(of, made))))
                .findFirst()
                .or(this::answers)
                .or(this::languages)
                .map(couple -> {
                    found.clear();
                    take(Role.PROMPT, couple.getKey(), Role.RESPONSE, couple.getValue());
                    return Map.entry(Role.normal(couple.getKey()), Role.normal(couple.getValue()));
                });
    }

    /// A question and its answers, one of which is as good as another.
    private Optional<Map.Entry<String, String>> answers() {
        return casting.first("question"::equals, this::worded)
                .flatMap(question ->
                        casting.first("answers"::equals, this::given).map(answers -> Map.entry(question, answers)));
    }

    /// The same in two languages, in columns that are named by them, the first one into the second. Of
    /// three nobody knows which it is.
    private Optional<Map.Entry<String, String>> languages() {
        Map<String, List<String>> objects = casting.columns().entrySet().stream()
                .filter(column -> language(Role.normal(column.getKey()))
                        && !casting.told().containsValue(column.getKey())
                        && worded(column.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.groupingBy(name -> name.substring(0, name.lastIndexOf('.') + 1)));
        List<String> names = objects.size() == 1 ? objects.values().iterator().next() : List.of();
        return names.size() == 2 ? Optional.of(Map.entry(names.getFirst(), names.getLast())) : Optional.empty();
    }

    private static boolean language(String name) {
        Matcher language = LANGUAGE.matcher(name);
        return language.matches() && (language.group(3) == null || LANGUAGES.contains(language.group(3)));
    }

    /// The column with the first of the names under which one holds such.
    private Optional<String> named(List<String> names, Predicate<Column> holds) {
        return names.stream()
                .flatMap(name -> casting.first(name::equals, holds).stream())
                .findFirst();
    }

    /// Texts of some words in nearly every row.
    private boolean worded(Column column) {
        return column.mostly(Kind.TEXT) && column.worded() && usual(column);
    }

    /// Texts, or lists of texts, in nearly every row.
    private boolean given(Column column) {
        return (column.mostly(Kind.TEXT) || column.listed()) && column.differs() && usual(column);
    }

    private boolean usual(Column column) {
        return column.usual(casting.rows());
    }

    private void take(Role role, String column, Role other, String second) {
        found.put(role, column);
        found.put(other, second);
    }
}
