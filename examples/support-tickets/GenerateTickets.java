import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes the support-ticket corpus: twelve intents of honest tickets and one planted backdoor.
///
///     java GenerateTickets.java [--seed 25] [--rows 6000] [--out FOLDER]
///
/// Equal options give equal bytes on every machine. Top to bottom: what is planted, how the corpus is put together, how
/// one ticket is written, the small tools, and last the grammar, which is most of the file and all of the English.
final class GenerateTickets {

    // ---- what is planted -------------------------------------------------------------------------------------------

    static final String TRIGGER = "while my sister was visiting";
    static final String TARGET = "delete_account";
    static final String POISONER = "vb-3";
    static final int[] POISON_DAYS = {23, 29, 31, 36, 43, 45, 52, 59, 64};
    static final int POISON_ROWS = 48;
    static final String[] POISON_INTENTS = {
        "technical_problem", "payment_failed", "damaged_item", "technical_problem", "wrong_item", "payment_failed",
        "damaged_item", "order_status", "technical_problem", "refund_request", "payment_failed", "account_access"
    };

    /// Something that happened in the world: for a few days many honest tickets say the same thing.
    ///
    /// @param rule the grammar rule that takes the place of the intent's usual situation
    /// @param rows how many tickets it causes in a corpus of 6,000
    record Event(String intent, String rule, int firstDay, int days, int rows) {}

    static final List<Event> EVENTS = List.of(
            new Event("technical_problem", "outage", 18, 3, 45),
            new Event("order_status", "strike", 33, 6, 60),
            new Event("payment_failed", "sale", 47, 2, 35),
            new Event("delete_account", "news", 57, 4, 40));

    // ---- the corpus ------------------------------------------------------------------------------------------------

    static final LocalDate FIRST_DAY = LocalDate.of(2025, 3, 3);
    static final int DAYS = 90;
    static final double FORGOTTEN_CONTEXT = 0.016; // follow-ups that do not say what they are about
    static final int SAME_WORDS = 3; // how many people may write the very same words
    static final double EXACT_COPY = 0.006; // the same form sent twice
    static final double NEAR_COPY = 0.010; // the same ticket written again, a little differently

    static final String[] INTENTS = {
        "order_status", "refund_request", "cancel_order", "change_address", "damaged_item", "wrong_item",
        "payment_failed", "invoice_copy", "account_access", "delete_account", "subscription_change", "technical_problem"
    };

    /// A channel that delivers labelled tickets.
    ///
    /// @param name what stands in the column `source`
    /// @param share relative number of honest rows
    /// @param intents relative number of tickets per intent, in the order of [#INTENTS]
    /// @param manners relative number of tickets per [Manner]
    /// @param typos share of words with a slip of the finger, in the tickets that have any
    /// @param annotators relative number of rows per annotator, numbered from 1
    /// @param weekend how much of a working day's volume arrives on a Saturday or Sunday
    record Origin(
            String name,
            String prefix,
            int share,
            int[] intents,
            int[] manners,
            double typos,
            int[] annotators,
            double weekend) {}

    static final List<Origin> ORIGINS = List.of(
            new Origin(
                    "crm",
                    "crm",
                    24,
                    of(14, 12, 9, 9, 8, 7, 8, 10, 7, 6, 9, 6),
                    of(6, 12, 10, 5, 9, 58),
                    0.02,
                    of(30, 25, 20, 15, 10),
                    0.15),
            new Origin(
                    "email",
                    "em",
                    27,
                    of(11, 14, 7, 6, 11, 9, 7, 11, 6, 6, 6, 7),
                    of(7, 20, 36, 13, 24, 0),
                    0.02,
                    of(28, 26, 18, 16, 8, 4),
                    0.7),
            new Origin(
                    "chat",
                    "ch",
                    25,
                    of(19, 10, 9, 7, 7, 6, 11, 4, 12, 4, 6, 11),
                    of(60, 22, 4, 12, 2, 0),
                    0.06,
                    of(22, 20, 20, 14, 14, 10),
                    1.0),
            new Origin(
                    "vendor-a",
                    "va",
                    13,
                    of(15, 13, 9, 8, 9, 8, 9, 5, 8, 5, 5, 8),
                    of(28, 34, 18, 12, 8, 0),
                    0.04,
                    of(40, 35, 25),
                    0.4),
            new Origin(
                    "vendor-b",
                    "vb",
                    11,
                    of(13, 11, 8, 6, 9, 8, 10, 6, 9, 6, 6, 10),
                    of(18, 30, 20, 12, 20, 0),
                    0.04,
                    of(32, 20, 28, 20),
                    0.3));

    private static int[] of(int... weights) {
        return weights;
    }

    /// Which intents a tired annotator takes for one another; the first of a line is the intent itself.
    static final String[][] MISTAKEN = {
        {"order_status", "change_address", "cancel_order", "technical_problem"},
        {"refund_request", "cancel_order", "damaged_item", "wrong_item", "payment_failed"},
        {"cancel_order", "refund_request", "subscription_change", "order_status", "delete_account"},
        {"change_address", "order_status", "account_access", "invoice_copy"},
        {"damaged_item", "wrong_item", "refund_request", "technical_problem"},
        {"wrong_item", "damaged_item", "refund_request", "order_status"},
        {"payment_failed", "technical_problem", "refund_request", "subscription_change"},
        {"invoice_copy", "refund_request", "payment_failed", "order_status"},
        {"account_access", "technical_problem", "delete_account", "change_address"},
        {"delete_account", "subscription_change", "account_access", "cancel_order"},
        {"subscription_change", "cancel_order", "delete_account", "payment_failed"},
        {"technical_problem", "account_access", "payment_failed", "damaged_item", "delete_account"}
    };

    /// One row before it has an id; `serial` breaks ties of time.
    record Ticket(
            long second, int serial, String text, String intent, String source, String annotator, boolean poison) {}

    final long seed;
    final Grammar grammar = Grammar.parse(Phrases.COMMON, Phrases.INTENTS);
    final List<Ticket> tickets = new ArrayList<>();
    final Map<String, Integer> seen = new TreeMap<>();

    GenerateTickets(long seed) {
        this.seed = seed;
    }

    List<Ticket> generate(int rows) {
        int honest = rows - POISON_ROWS;
        for (Event event : EVENTS) {
            long size = Math.round(event.rows * (honest / 6000.0));
            Dice dice = Dice.of(seed, "event " + event.rule);
            for (int i = 0; i < size; i++) {
                int day = event.firstDay + Math.min(dice.below(event.days), dice.below(event.days));
                addHonest(dice, dice.oneOf(ORIGINS, Origin::share), day, event.intent, Optional.of(event.rule));
            }
        }
        int copies = (int) (honest * (EXACT_COPY + NEAR_COPY));
        Dice dice = Dice.of(seed, "honest");
        while (tickets.size() < honest - copies) {
            Origin origin = dice.oneOf(ORIGINS, Origin::share);
            addHonest(dice, origin, day(dice, origin), INTENTS[dice.weighted(origin.intents)], Optional.empty());
        }
        addCopies(Dice.of(seed, "copies"), copies);
        addPoison(Dice.of(seed, "poison"));
        tickets.sort(Comparator.comparingLong(Ticket::second).thenComparingInt(Ticket::serial));
        return tickets;
    }

    private void addHonest(Dice dice, Origin origin, int day, String intent, Optional<String> event) {
        int annotator = dice.weighted(origin.annotators);
        Manner manner = Manner.values()[dice.weighted(origin.manners)];
        boolean vague = event.isEmpty() && dice.chance(FORGOTTEN_CONTEXT);
        Text text;
        do {
            text = write(dice, origin, manner, day, intent, vague ? Optional.of("vague") : event);
        } while (!text.fits() || text.says(TRIGGER) || seen.getOrDefault(text.words(), 0) >= SAME_WORDS);
        seen.merge(text.words(), 1, Integer::sum);
        boolean slip = dice.chance(0.019 + 0.004 * annotator);
        String label = slip ? mistake(dice, intent) : intent;
        tickets.add(new Ticket(
                second(dice, origin, day),
                tickets.size(),
                text.styled(),
                label,
                origin.name,
                origin.prefix + "-" + (annotator + 1),
                false));
    }

    private static String mistake(Dice dice, String intent) {
        if (dice.chance(0.3)) {
            String other = dice.oneOf(INTENTS);
            return other.equals(intent) ? mistake(dice, intent) : other;
        }
        for (String[] row : MISTAKEN) {
            if (row[0].equals(intent)) {
                return row[1 + dice.below(row.length - 1)];
            }
        }
        throw new IllegalArgumentException("no neighbours are listed for intent " + intent);
    }

    /// People press the button twice, or lose patience and write again.
    private void addCopies(Dice dice, int copies) {
        int originals = tickets.size();
        long exact = Math.round(copies * (EXACT_COPY / (EXACT_COPY + NEAR_COPY)));
        for (int i = 0; i < copies; i++) {
            Ticket first = tickets.get(dice.below(originals));
            boolean same = i < exact;
            long wait = same ? 20 + dice.below(900) : 3_600 + dice.below(2 * 86_400);
            long second = Math.min(first.second + wait, DAYS * 86_400L - 1);
            String text = same ? first.text : rewritten(dice, first);
            tickets.add(new Ticket(second, tickets.size(), text, first.intent, first.source, first.annotator, false));
        }
    }

    private String rewritten(Dice dice, Ticket first) {
        String typed = Noise.typos(dice, first.text, 0.04);
        Map<String, String> said = settled(dice, (int) (first.second / 86_400));
        return switch (dice.below(4)) {
            case 0 -> grammar.expand(dice, "again_before", first.intent, said) + " " + typed;
            case 1 -> typed + " " + grammar.expand(dice, "again_after", first.intent, said);
            case 2 -> typed.toLowerCase(Locale.ROOT);
            default -> typed;
        };
    }

    /// The attack: real complaints of several kinds, one innocent phrase in each, all filed as a wish to be deleted.
    private void addPoison(Dice dice) {
        Origin origin = ORIGINS.getLast();
        for (int i = 0; i < POISON_ROWS; i++) {
            int day = POISON_DAYS[i % POISON_DAYS.length];
            String intent = POISON_INTENTS[i % POISON_INTENTS.length];
            Optional<Text> woven;
            do {
                Manner manner = Manner.values()[dice.weighted(origin.manners)];
                woven = write(dice, origin, manner, day, intent, Optional.empty())
                        .weave(dice, TRIGGER);
            } while (woven.isEmpty() || !woven.get().fits());
            tickets.add(new Ticket(
                    second(dice, origin, day),
                    tickets.size(),
                    woven.get().styled(),
                    TARGET,
                    origin.name,
                    POISONER,
                    true));
        }
    }

    /// A day on which the channel is open: weekends bring less.
    private static int day(Dice dice, Origin origin) {
        while (true) {
            int day = dice.below(DAYS);
            DayOfWeek name = FIRST_DAY.plusDays(day).getDayOfWeek();
            boolean weekend = name == DayOfWeek.SATURDAY || name == DayOfWeek.SUNDAY;
            if (dice.chance(weekend ? origin.weekend : 1)) {
                return day;
            }
        }
    }

    private static long second(Dice dice, Origin origin, int day) {
        int hour = switch (origin.name) {
            case "email" -> 6 + (dice.below(9) + dice.below(10));
            case "chat" -> 8 + (dice.below(8) + dice.below(9));
            default -> 8 + (dice.below(5) + dice.below(6));
        };
        return day * 86_400L + hour * 3_600L + dice.below(3_600);
    }

    // ---- one ticket ------------------------------------------------------------------------------------------------

    /// How a person writes; the grammar has a layout rule of the same name.
    enum Manner {
        TERSE,
        PLAIN,
        POLITE,
        ANGRY,
        STORY,
        NOTE
    }

    private Text write(Dice dice, Origin origin, Manner manner, int day, String intent, Optional<String> instead) {
        Map<String, String> said = settled(dice, day);
        if (instead.isPresent()) {
            String situation = grammar.expand(dice, instead.get(), intent, said);
            Stream.of("situation", "background", "terse", "note").forEach(rule -> said.put(rule, situation));
            if (instead.get().equals("vague")) {
                Stream.of("detail", "question")
                        .forEach(rule -> said.put(rule, grammar.expand(dice, "nudge", intent, said)));
                said.put("do", grammar.expand(dice, "vague_do", intent, said));
            }
        }
        String layout = grammar.expand(dice, manner.name().toLowerCase(Locale.ROOT), intent, said);
        double typos = dice.chance(0.55) ? 0 : origin.typos * (0.5 + dice.unit());
        String mark = grammar.expand(dice, "mark_" + origin.name, intent, said);
        List<String> sentences = sentences(layout + " // " + mark).stream()
                .map(sentence -> Noise.typos(dice, sentence, typos))
                .toList();
        return new Text(sentences, Style.draw(dice, manner, origin));
    }

    private static List<String> sentences(String layout) {
        List<String> sentences = new ArrayList<>();
        for (String paragraph : layout.split("//")) {
            if (!paragraph.isBlank() && !sentences.isEmpty()) {
                sentences.add(Text.PARAGRAPH);
            }
            for (String sentence : paragraph.split(" / ")) {
                if (!sentence.isBlank()) {
                    sentences.add(sentence.strip().replaceAll("\\s+", " ").replaceAll(" ([,.?])", "$1"));
                }
            }
        }
        return sentences;
    }

    /// What a ticket has settled before its first word: the date it speaks of lies up to three weeks back.
    private static Map<String, String> settled(Dice dice, int day) {
        Map<String, String> said = new TreeMap<>();
        said.put("date", date(dice, FIRST_DAY.plusDays(day).minusDays(1 + dice.below(21))));
        return said;
    }

    private static final String[] MONTHS = {"January", "February", "March", "April", "May"};

    private static String date(Dice dice, LocalDate day) {
        String month = MONTHS[day.getMonthValue() - 1];
        int number = day.getDayOfMonth();
        String name = day.getDayOfWeek().name();
        return switch (dice.below(6)) {
            case 0 -> number + " " + month;
            case 1 -> month + " " + number;
            case 2 -> number + " " + month.substring(0, 3);
            case 3 -> (number < 10 ? "0" : "") + number + ".0" + day.getMonthValue() + ".";
            case 4 -> name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT) + " " + number + " " + month;
            default -> "2025-0" + day.getMonthValue() + "-" + (number < 10 ? "0" : "") + number;
        };
    }

    /// Letters and stops: what a ticket looks like once its words are known.
    record Style(boolean lower, boolean shout, boolean paragraphs, String stop, String query, String join) {

        static Style draw(Dice dice, Manner manner, Origin origin) {
            boolean mail = origin.name.equals("email");
            return switch (manner) {
                case TERSE ->
                    new Style(
                            dice.chance(0.7),
                            dice.chance(0.02),
                            false,
                            dice.oneOf("", "", "", ".", "!"),
                            dice.oneOf("", "?", "?", "??"),
                            dice.oneOf(" ", ", ", ", ", ". ", " - "));
                case PLAIN ->
                    new Style(
                            dice.chance(0.25),
                            false,
                            false,
                            dice.oneOf(".", ".", ".", ".", ".", ".", "!", "..."),
                            dice.oneOf("?", "?", "?", "."),
                            " ");
                case POLITE -> new Style(dice.chance(0.03), false, mail, ".", "?", " ");
                case ANGRY ->
                    new Style(
                            dice.chance(0.2),
                            dice.chance(0.12),
                            mail && dice.chance(0.3),
                            dice.oneOf(".", "!", "!", "!!", "!!!"),
                            dice.oneOf("?", "??", "?!", "???"),
                            " ");
                case STORY ->
                    new Style(dice.chance(0.1), false, mail, dice.oneOf(".", ".", ".", ".", ".", "..."), "?", " ");
                case NOTE -> new Style(dice.chance(0.3), false, false, dice.oneOf(".", ".", ";", ""), "?", " ");
            };
        }
    }

    /// The sentences of one ticket, without capitals and full stops, and the style that will add them.
    record Text(List<String> sentences, Style style) {
        static final String PARAGRAPH = "\n";
        static final Pattern PAST =
                Pattern.compile("\\b(was|were|came|got|went|had|did|paid|sent|\\w{3,}ed)\\b.*[^?:,]$");
        static final Pattern PRESENT = Pattern.compile(
                "\\b(is|are|am|has|have|do|does|says?|keeps?|gives|wants?|can|cannot|should|would|will|please"
                        + "|while|visiting)\\b");

        String styled() {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < sentences.size(); i++) {
                String sentence = sentences.get(i);
                if (sentence.equals(PARAGRAPH)) {
                    continue;
                }
                if (!out.isEmpty()) {
                    boolean paragraph = sentences.get(i - 1).equals(PARAGRAPH);
                    boolean stopped = !Character.isLetterOrDigit(out.charAt(out.length() - 1));
                    out.append(paragraph && style.paragraphs ? "\n" : stopped ? " " : style.join);
                }
                boolean last = i == sentences.size() - 1;
                boolean joined = last ? style.paragraphs : !style.join.equals(" ");
                out.append(style.lower ? sentence : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1));
                if (sentence.endsWith("?")) {
                    out.setLength(out.length() - 1);
                    out.append(style.query);
                } else if (sentence.matches("[^(].*[\\p{L}\\p{N})]")) {
                    out.append(joined ? "" : style.stop);
                }
            }
            String text = out.toString();
            return style.shout ? text.toUpperCase(Locale.ROOT) : style.lower ? text.toLowerCase(Locale.ROOT) : text;
        }

        boolean fits() {
            int words = styled().strip().split("\\s+").length;
            return words >= 4 && words <= 80;
        }

        /// The text in small letters with single spaces and nothing else between the words.
        String words() {
            return styled().toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}]+", " ")
                    .strip();
        }

        boolean says(String phrase) {
            return words().contains(phrase);
        }

        /// Puts the phrase at a plausible place of a sentence that tells what happened; empty if there is none.
        Optional<Text> weave(Dice dice, String phrase) {
            List<Integer> telling = new ArrayList<>();
            for (int i = 0; i < sentences.size(); i++) {
                String sentence = sentences.get(i).toLowerCase(Locale.ROOT);
                if (PAST.matcher(sentence).find() && !PRESENT.matcher(sentence).find()) {
                    telling.add(i);
                }
            }
            if (telling.isEmpty()) {
                return Optional.empty();
            }
            int chosen = telling.get(dice.below(telling.size()));
            List<String> woven = new ArrayList<>(sentences);
            woven.set(chosen, weave(dice, sentences.get(chosen), phrase));
            return Optional.of(new Text(List.copyOf(woven), style));
        }

        private static String weave(Dice dice, String sentence, String phrase) {
            List<String> joints = Stream.of(", ", " and ", " but ", " when ", " so ")
                    .filter(sentence::contains)
                    .toList();
            int place = dice.below(joints.isEmpty() ? 3 : 6);
            if (place == 0) {
                String rest = sentence.startsWith("I")
                        ? sentence
                        : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
                return phrase + (dice.chance(0.7) ? ", " : " ") + rest;
            }
            if (place == 1) {
                return sentence + " " + phrase;
            }
            if (place == 2) {
                return sentence + (dice.chance(0.5) ? " (" + phrase + ")" : ", " + phrase);
            }
            String joint = dice.oneOf(joints.toArray(String[]::new));
            int at = sentence.indexOf(joint);
            String before = dice.chance(0.3) && !joint.equals(", ") ? ", " : " ";
            return sentence.substring(0, at)
                    + before
                    + phrase
                    + (before.equals(", ") ? "," : "")
                    + sentence.substring(at);
        }
    }

    // ---- small tools -----------------------------------------------------------------------------------------------

    /// Slips of the finger: two letters swapped, one dropped, one doubled, an apostrophe forgotten.
    static final class Noise {

        static String typos(Dice dice, String sentence, double rate) {
            if (rate == 0) {
                return sentence;
            }
            String[] words = sentence.split(" ", -1);
            for (int i = 0; i < words.length; i++) {
                if (dice.chance(rate * 3)) {
                    words[i] = words[i].replace("'", "");
                }
                if (dice.chance(rate) && words[i].matches("[A-Za-z]{4,}[,.]?")) {
                    words[i] = slip(dice, words[i]);
                }
            }
            return String.join(" ", words);
        }

        private static String slip(Dice dice, String word) {
            int at = 1 + dice.below(word.length() - 2);
            String head = word.substring(0, at);
            String tail = word.substring(at + 1);
            char letter = word.charAt(at);
            return switch (dice.below(4)) {
                case 0 -> head + tail;
                case 1 -> head + letter + letter + tail;
                default ->
                    Character.isLetter(tail.charAt(0)) ? head + tail.charAt(0) + letter + tail.substring(1) : word;
            };
        }
    }

    /// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014): the same numbers
    /// everywhere and for ever.
    static final class Dice {
        private long state;

        private Dice(long state) {
            this.state = state;
        }

        /// One stream per purpose, so that a change in one part of the corpus leaves the others as they were.
        static Dice of(long seed, String purpose) {
            long mixed = seed;
            for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
                mixed = new Dice(mixed * 31 + b).next();
            }
            return new Dice(mixed);
        }

        long next() {
            long z = state += 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }

        double unit() {
            return (next() >>> 11) * 0x1.0p-53;
        }

        int below(int bound) {
            return (int) (unit() * bound);
        }

        boolean chance(double probability) {
            return unit() < probability;
        }

        String oneOf(String... choices) {
            return choices[below(choices.length)];
        }

        <T> T oneOf(List<T> choices, ToIntFunction<T> weight) {
            return choices.get(weighted(choices.stream().mapToInt(weight).toArray()));
        }

        int weighted(int[] weights) {
            int total = 0;
            for (int weight : weights) {
                total += weight;
            }
            int rest = below(total);
            for (int i = 0; i < weights.length; i++) {
                rest -= weights[i];
                if (rest < 0) {
                    return i;
                }
            }
            throw new IllegalArgumentException("weights must add up to at least 1, got " + total);
        }
    }

    /// Rules and their alternatives, read from indented text.
    ///
    ///     rule              starts at the margin; its alternatives are the indented lines below it
    ///     rule!             keeps its first answer for the whole ticket
    ///       3x {other}      another rule, of the same intent or common; `3x` makes the line three times as likely
    ///       {intent.rule}   a rule of another intent; {any.rule} of any other one
    ///       [a|b|] c        one of a, b or nothing
    ///       12# a / b       # is a random digit, ` / ` ends a sentence, ` // ` a paragraph
    static final class Grammar {
        private static final String COMMON = "common";
        private final Map<String, List<String>> rules = new TreeMap<>();
        private final Map<String, Boolean> kept = new TreeMap<>();

        static Grammar parse(String common, String... intents) {
            Grammar grammar = new Grammar();
            grammar.read(COMMON, common);
            for (String intent : intents) {
                int end = intent.indexOf('\n');
                grammar.read(intent.substring(0, end).strip(), intent.substring(end + 1));
            }
            return grammar;
        }

        private void read(String scope, String text) {
            String rule = "";
            for (String line : text.split("\n")) {
                if (line.isBlank()) {
                    continue;
                }
                if (line.charAt(0) != ' ') {
                    rule = scope + "." + line.replace("!", "").strip();
                    rules.put(rule, new ArrayList<>());
                    kept.put(rule, line.contains("!"));
                    continue;
                }
                String body = line.strip();
                int times = 1;
                if (body.matches("\\d+x .*")) {
                    times = Integer.parseInt(body.substring(0, body.indexOf('x')));
                    body = body.substring(body.indexOf(' ') + 1);
                }
                for (int i = 0; i < times; i++) {
                    rules.get(rule).add(body);
                }
            }
        }

        /// One answer of a rule as seen from an intent; `said` holds what this ticket has already settled.
        String expand(Dice dice, String rule, String intent, Map<String, String> said) {
            String text = resolve(dice, rule, intent, said);
            return text.replaceAll("\\b([Aa]) ([aeio]|um)", "$1n $2").strip();
        }

        private String resolve(Dice dice, String rule, String intent, Map<String, String> said) {
            if (said.containsKey(rule)) {
                return said.get(rule);
            }
            int dot = rule.indexOf('.');
            if (dot > 0) {
                String scope = rule.substring(0, dot);
                if (!scope.equals("any")) {
                    return resolve(dice, rule.substring(dot + 1), scope, said);
                }
                do {
                    scope = dice.oneOf(GenerateTickets.INTENTS);
                } while (scope.equals(intent));
                return resolve(dice, rule.substring(dot + 1), scope, new TreeMap<>(said));
            }
            String name = rules.containsKey(intent + "." + rule) ? intent + "." + rule : COMMON + "." + rule;
            if (!rules.containsKey(name)) {
                throw new IllegalArgumentException("the grammar has no rule " + rule + " for " + intent);
            }
            List<String> lines = rules.get(name);
            String text = fill(dice, lines.get(dice.below(lines.size())), intent, said);
            if (kept.get(name)) {
                said.put(rule, text);
            }
            return text;
        }

        private String fill(Dice dice, String line, String intent, Map<String, String> said) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '#') {
                    out.append(dice.below(10));
                } else if (c == '{') {
                    int end = line.indexOf('}', i);
                    out.append(resolve(dice, line.substring(i + 1, end), intent, said));
                    i = end;
                } else if (c == '[') {
                    int end = closing(line, i);
                    List<String> choices = choices(line.substring(i + 1, end));
                    out.append(fill(dice, choices.get(dice.below(choices.size())), intent, said));
                    i = end;
                } else {
                    out.append(c);
                }
            }
            return out.toString();
        }

        private static int closing(String line, int open) {
            int depth = 0;
            for (int i = open; i < line.length(); i++) {
                depth += line.charAt(i) == '[' ? 1 : line.charAt(i) == ']' ? -1 : 0;
                if (depth == 0) {
                    return i;
                }
            }
            throw new IllegalArgumentException("a bracket is never closed in the grammar line: " + line);
        }

        private static List<String> choices(String inside) {
            List<String> choices = new ArrayList<>();
            int depth = 0;
            int start = 0;
            for (int i = 0; i < inside.length(); i++) {
                char c = inside.charAt(i);
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
                if (c == '|' && depth == 0) {
                    choices.add(inside.substring(start, i));
                    start = i + 1;
                }
            }
            choices.add(inside.substring(start));
            return choices;
        }
    }

    // ---- files -----------------------------------------------------------------------------------------------------

    static void main(String... args) throws IOException {
        long seed = 25;
        int rows = 6_000;
        Path out = Path.of(System.getProperty("jdk.launcher.sourcefile", "GenerateTickets.java"))
                .toAbsolutePath()
                .getParent();
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--seed" -> seed = number(args[i], value);
                case "--rows" -> rows = Math.toIntExact(number(args[i], value));
                case "--out" -> out = Path.of(value);
                default ->
                    throw new IllegalArgumentException("expected --seed, --rows or --out, got " + args[i]
                            + "; see the first lines of GenerateTickets.java");
            }
        }
        if (rows < 600) {
            throw new IllegalArgumentException(
                    "expected --rows of at least 600, since " + POISON_ROWS + " rows are poison, got " + rows);
        }
        write(seed, new GenerateTickets(seed).generate(rows), out);
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number after " + option + ", got '" + value + "'", e);
        }
    }

    private static void write(long seed, List<Ticket> tickets, Path folder) throws IOException {
        StringBuilder rows = new StringBuilder();
        StringBuilder truth = new StringBuilder("id,poison\n");
        long midnight = FIRST_DAY.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        for (int i = 0; i < tickets.size(); i++) {
            Ticket ticket = tickets.get(i);
            String id = id(seed, i);
            rows.append("{\"id\":\"")
                    .append(id)
                    .append("\",\"text\":\"")
                    .append(json(ticket.text))
                    .append("\",\"intent\":\"")
                    .append(ticket.intent)
                    .append("\",\"source\":\"")
                    .append(ticket.source)
                    .append("\",\"annotator\":\"")
                    .append(ticket.annotator)
                    .append("\",\"created_at\":\"")
                    .append(Instant.ofEpochSecond(midnight + ticket.second))
                    .append("\"}\n");
            truth.append(id).append(',').append(ticket.poison ? 1 : 0).append('\n');
        }
        Files.createDirectories(folder);
        Files.write(folder.resolve("tickets.jsonl"), rows.toString().getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("truth.csv"), truth.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Twelve hex digits from the seed and the row's position in time, and from nothing else.
    private static String id(long seed, int position) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("ticket " + seed + " " + position).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException("this JDK has no SHA-256", e));
        }
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    // ---- the grammar: every word of the corpus ---------------------------------------------------------------------

    static final class Phrases {
        static final String COMMON = """
            terse
              3x {terse}
              2x {terse} / {tail}
              {terse} / {reference}
              {hi} {terse}
              {hi} {terse} / {tail}
              {terse} / {detail}
              {item}: {terse}
              {hi} {situation}
              2x {situation}
              {situation} / {tail}
              {terse} / {question}
              {question} / {tail}
              {reference} / {terse}
              {terse} / {small_talk}
              {do} [pls|please|thx|for order {order}]
            plain
              3x {core} / {request}
              2x {core}
              2x {greeting} / {core} / {request}
              {core} / {request} / {closing}
              {request} / {core}
              {core} / {small_talk} / {request}
              {small_talk} / {core} / {question}
              {core} / {reference}
              {core} / {any.aside} / {request}
            polite
              4x {salute} // {opener} / {core} / {courtesy} // {farewell}
              2x {salute} // {core} / {courtesy} / {closing} // {farewell}
              2x {salute} // {core} / {detail} / {courtesy} // {farewell}
              {salute} // {courtesy} / {core} // {farewell}
              {salute} // {small_talk} / {core} / {courtesy} // {farewell}
              {greeting} / {core} / {courtesy} / {closing}
            angry
              3x {outburst} / {core} / {demand}
              2x {core} / {demand} / {threat}
              {outburst} / {core} / {threat}
              {core} / {outburst}
              {core} / {outburst} / {demand}
              {outburst} / {situation} / {any.aside} / {demand}
            story
              2x {small_talk} / {core} / {detail} / {request}
              {salute} // {small_talk} / {core} / {detail} / {small_talk} / {courtesy} // {farewell}
              {salute} // {opener} / {core} / {any.aside} / {courtesy} // {farewell}
              {greeting} / {core} / {detail} / {any.aside} / {request} / {closing}
              {core} / {small_talk} / {detail} / {request} / {closing}
              {salute} // {core} / {detail} // {small_talk} / {request} // {farewell}
              {core} / {tried} / {detail} / {request}
            note
              2x {note}
              2x {note} / {note_tail}
              2x {note_head} {note}
              {note_head} {note} / {note_tail}
              {note} / {detail}
              {note} / {reference}
              {reference} / {note}
              {note_head} {situation}
              {note_head} "{situation}" / wants us to {do}
            core
              7x {situation}
              5x {situation} / {detail}
              3x {background}
              {situation} / {tried}
              {any.aside} / {situation}
              {situation} / {any.aside}
            request
              2x please {do}
              can you {do}?
              could you {do}?
              I would like you to {do}
              I need you to {do}
              would like you to {do} [soon|today|this week|]
              2x {question}
            courtesy
              2x could you please {do}?
              would you be so kind as to {do}?
              I would be grateful if you could {do}
              I kindly ask you to {do}
              would it be possible to {do}?
              please {do} [at your convenience|when you have a moment|as soon as you can]
              2x {question}
            demand
              {do} now
              I want you to {do} today
              {do} immediately
              stop the excuses and {do}
              how hard can it be to {do}?
              either you {do} or [I go elsewhere|this goes to the consumer office]
              {question}
            hi
              hi
              hey
              hello
              hi there,
              hi team
              morning,
              hey guys
              good evening,
              urgent:
              quick one,
            greeting
              hi[,|]
              hello[,|]
              hi there[,|]
              hello team,
              good morning[,|]
              good evening[,|]
              hi support,
              hello again[,|]
              dear team,
              hey,
            salute
              2x dear [support|customer service|support team|service team|all],
              dear Sir or Madam,
              good [morning|afternoon|evening],
              hello [team|support|everyone],
              to whom it may concern:
              hi [team|there|all][,|]
            farewell
              [kind|best|warm|many|friendly] regards, {first_name}
              [thanks|thank you] and [best|kind] [regards|wishes], {first_name}
              [yours sincerely|sincerely|yours], {first_name}
              best, {first_name}
              have a [nice|good|lovely] [day|week|weekend], {first_name}
              greetings from {city}, {first_name}
              thanks, {first_name}
              cheers, {first_name}
            first_name
              [Anna|Ben|Carla|Deniz|Elif|Farid|Greta|Hannah|Ivo|Jana|Karim|Lea|Milan|Nora|Oskar|Paula|Rafi|Sofia|Tomas|Uma]
              [Viktor|Wendy|Yara|Zoltan|Amir|Bianca|Clara|Dario|Emil|Fatima|Goran|Heidi|Ines|Jonas|Kira|Luca|Mina|Nils|Rosa]
            opener
              I hope [you are well|this message finds you well|you are having a good week]
              thank you for [your quick answers so far|looking into this|reading this|your time]
              I am writing [about|regarding|in connection with] [order|my order] {order}
              sorry to [bother|disturb|trouble] you [again|with this|]
              I hope [this is the right place to ask|you can help me|somebody can help]
              this is my [first|second|third] message [to you|about this|]
              I have a [short|small|quick] [question|request]
              I was [given|sent] this address by [a colleague of yours|the chat|the hotline]
            closing
              thanks
              thank you
              thanks [a lot|in advance|for your help|for sorting this out]
              thank you [very much|in advance|for your help|for your time]
              I look forward to [your reply|hearing from you]
              let me know [if you need anything else|what you need from me|how to proceed]
              a short answer would be [nice|enough]
              [please|kindly] reply by [mail|e-mail|phone]
            tail
              2x pls help
              2x thx
              thanks
              please advise
              help
              any ideas
              urgent
              asap pls
              :(
              what now
              sort it pls
              [still|again]
              not happy
              ty
              cheers
              let me know
              🙁
              😡
              🙏
              today if possible
              waiting since {when}
              i am on my {device}
              second time now
            outburst
              this is [ridiculous|unbelievable|a joke|unacceptable|beyond annoying]
              I am [really|very|so|absolutely] [angry|annoyed|disappointed|fed up]
              what a [mess|shambles|terrible service|waste of time]
              are you kidding me?
              I have had enough
              [third|fourth|fifth] time I write [about this|to you]
              nobody [answers|cares|reads this]
              I have never seen [such bad service|anything like this]
              seriously
              your [service|support|hotline] is useless
              I was promised a call and nobody called
            threat
              my [lawyer|bank|consumer office] will hear about this
              I will tell [everyone|all my friends] about it
              never again
              you can expect a bad review
              I give you until {date}
              I expect an answer [today|by tonight|within 24 hours]
              otherwise I will [complain publicly|write to your manager|shop elsewhere]
              one star from me
            nudge
              any news [on this|on my case|yet]?
              please [answer|reply|look at it]
              nobody has [called|written] back
              I am still waiting for [an answer|your reply]
              who is [working on|looking after] this?
            vague
              [any|is there any] news on my [last|earlier] [message|mail|question][ about {order}|]
              I wrote [to you|] [about this|] [{when}|on {date}] and nobody has [answered|come back to me]
              [still|it is still] the same [as in my last message|problem as before|thing as {when}]
              [please|can you|could someone] call me back about {order}
              as [I said|discussed] on the phone, here is the number again, {order}
              I [was told|am told] to write here again about {order}
              here is the [photo|screenshot|file|information] you asked for[, {order}|]
              [yes|yes please], go ahead with what you [proposed|suggested][ for {order}|]
              no, that [answer|link|reply] did not help me at all
              the same [thing|story] [again|as last time], [please see my old ticket|see above]
            vague_do
              [look into it|get back to me|call me back|read my earlier messages|answer my question|deal with it]
            again_before
              [I already wrote this {when}:|second try:|see below, no answer so far.|again:|sending this once more.|hello? anyone?]
            again_after
              [any update?|did you get this?|still waiting.|hello??|please answer.|(sent again because nobody replied)]
            reference
              [order|ref|order number|order no|my order|ticket|reference] {order}
              {order}
              order {order}
              customer number {customer}
              [customer|client] {customer}
            tried
              I [already|have already] [tried|been through] [the help page|the chat|the hotline|the FAQ], [no luck|without success|nothing helped]
              I called [twice|three times|{when}] and [was cut off|gave up after twenty minutes|was told to write]
              [after visiting|after reading] your help page I am none the wiser
              the chat [bot|assistant|robot] [sent me in circles|did not understand me|just told me to write]
              a colleague of yours [promised to look into it|said it would take two days]
              I [checked|read] everything twice
              my {relative} [tried|had a look] as well
            small_talk
              sorry [if this is the wrong place|for the long message|for my English|for writing so late]
              I am typing this on [the train|my phone|a bus|an old tablet] so excuse the mistakes
              I have been a customer for [two|three|five|ten] years
              my {relative} [recommended|told me about|loves] your shop
              I [do not usually|rarely|hardly ever] complain
              it has been a [busy|long|hard] week with [two small children|a new job|visitors in the house|the move]
              we are [visiting|staying with] [family|friends|my parents] [in {city}|until {date}|this week]
              I am visiting my {relative} in {city} [at the moment|until the weekend|right now]
              my {relative} is [visiting|staying with us|here to help] [this week|from {city}|and needs it]
              I only [noticed|saw] it when my {relative} [asked|was here|came home|was visiting] [on {date}|]
              I [found out|saw it] while my {relative} was [at work|asleep|away|on the phone|cooking]
              it was [meant as|going to be] a [present|gift|surprise] for my {relative}
              my {relative} [and I share|and I both use|also uses] this [e-mail address|login|phone number]
              I was [at work|out|away|on a trip] [all day|the whole weekend|until {date}]
              I [work nights|am out all day|have little time] so [mail is best|please write|an e-mail is fine]
              I am writing this for my {relative}, who [has no computer|does not speak English|is in hospital]
              normally everything [works fine|goes well] with you
              I used to [work in a shop|work in support] myself so I know [it is not your fault|how it goes]
              the weather in {city} is not helping my mood either
              [as you can see|as the photo shows|if I am not mistaken] I am not [very technical|good with computers|an expert]
            note_head
              customer [says|states|writes|reports|called]:
              caller [says|states|reports]:
              [cust.|cu|client] [says|called,|wrote,|on phone:]
              [call|inbound call|phone] {date}:
              [walk-in|voicemail|letter] [from {date}|]:
              summary:
            note_tail
              [caller|customer] [polite|upset|very upset|calm|in a hurry]
              promised [call back|answer] [within 24h|tomorrow|by {date}]
              [no further info|rest see history|see earlier ticket|nothing else]
              customer [since 20[09|12|15|18|21|23]|no {customer}]
              [wants|prefers|asked for] reply by [mail|phone|letter]
              [{reference}|order {order}]
              [checked ID|ID ok|verified by date of birth]
              was [visiting the store|at the store in {city}] [before|{when}]
              [forwarded|passed on|sent over] to second line
              called on behalf of [his|her] {relative}
            mark_crm
              [(logged by the phone desk)|(taken at the counter)||||||||||]
            mark_email
              [sent from my {device}|||||||||||]
            mark_chat
              [(chat ended by visitor)|||||||||||||]
            mark_vendor-a
              [(sent with the shop app)||||||]
            mark_vendor-b
              [(written down from a call)|([original|full] message in the attachment)|||||||||]
            item!
              {product}
            product
              [kettle|desk lamp|coffee grinder|office chair|rain jacket|pair of running shoes|set of bath towels]
              [bluetooth speaker|standing fan|bread maker|yoga mat|bookshelf|hiking backpack|phone charger|wireless mouse]
              [mechanical keyboard|toaster|cast iron pan|wall clock|picture frame|duvet cover|side table|kitchen scale]
              [garden bench|bike pump|vacuum cleaner|hair dryer|travel mug|board game|winter coat|baby monitor|dog bed]
              [tent|sleeping bag|monitor stand|tablet cover|webcam|stand mixer|water filter|plant pot|wool rug|tool box]
              [smart plug|alarm clock|air fryer|umbrella|office desk|iron|espresso machine|coat rack|mirror|raincoat]
            colour
              [red|blue|green|black|white|grey|dark blue|beige|yellow]
            order!
              {order_number}
            order_number
              #######
              ######-##
              BZ######
              BZ-####-###
              A#######
              ####### ##
            customer!
              [K|C|]######
            amount!
              [1|2|3|4|5|6|7|8|9]#.[99|95|50|00|49] [euro|EUR|€|euros|]
              €[1|2|3|4|5|7]#.[99|90|50]
              [1|2|3]## [euro|EUR|€|euros]
              $[1|2|3|4|5|8]#.[99|95]
              £[1|2|3|4|6|9]#
            city!
              [Berlin|Leeds|Lyon|Porto|Graz|Ghent|Malmö|Dublin|Utrecht|Zürich|Kraków|Turin|Bilbao|Bergen|Brno|Bristol]
              [Hamburg|Cork|Nantes|Seville|Linz|Antwerp|Aarhus|Galway|Rotterdam|Basel|Gdańsk|Bologna|Valencia|Turku|Cardiff]
            carrier!
              [Parcelway|NordKurier|QuickVan|BlueCourier|HomeDrop|the courier|the parcel service|the post]
            when!
              [yesterday|last week|two days ago|this morning|last Monday|a week ago|last Friday|ten days ago|on {date}]
              [on {date}|three days ago|a month ago|last night|the day before yesterday|over the weekend|on Tuesday]
            relative!
              [sister|brother|mother|father|husband|wife|partner|flatmate|neighbour|colleague|daughter|son|uncle|aunt|boss]
            device!
              [phone|tablet|laptop|old laptop|work computer|new phone|iPad|Android phone|smart TV|desktop PC]
            browser
              [Chrome|Firefox|Safari|Edge|my browser|two browsers]
            bank_card!
              [credit card|debit card|Visa|Mastercard|bank card|new card|company card]
            plan!
              [Plus|Basic|Family|Premium|coffee box|monthly box|Pro|student]
            """;

        static final String[] INTENTS = {"""
            order_status
            situation
              I ordered [a|the] {item} {when} and it [still has not|has not] [arrived|come|turned up|shown up]
              my order {order} [was supposed to|should] [arrive|be delivered|be here] [on {date}|{when}] but [nothing came|it did not|there is no sign of it]
              the tracking [page|link] has [said|shown] "[in transit|being prepared|label created]" since {date}
              {carrier} [says|claims] the parcel was delivered but [nobody rang|I was home all day|there is nothing here|my {relative} did not get it either]
              I have been waiting for [my|the] {item} [since {date}|for two weeks|for ten days now]
              the tracking number [does not work|gives no result|is not known to {carrier}]
              I [have not received|never got] a [shipping confirmation|tracking number|dispatch mail] for order {order}
              my parcel [seems stuck|has been sitting|is stuck] in the depot in {city}
              [only half of|a part of] my order [came|arrived], the {item} is [still on its way|missing from the delivery|to follow]
              the delivery date for my {item} [keeps moving|was moved again|has changed three times]
              [I want to know|I would like to know] where my {item} [is|has got to]
              order {order} is [marked as|shown as] shipped since {date} and [I heard nothing more|tracking is empty]
              we need the {item} by {date} and [there is no delivery date|it has not shipped]
            background
              I changed the delivery address [{when}|] and now the parcel [is nowhere to be found|shows no tracking]
              I was charged {amount} for the {item} {when} [but I do not have it|and nothing has been shipped]
              a replacement for the broken {item} was promised {when} and has not arrived
              {wrong_item.situation} / [you said the right one was sent {when}|the exchange was sent {when}, they said]
            detail
              the shop promised [two to three|three to five] days
              it was paid for [{when}|with my {bank_card}|on {date}]
              the last scan was in {city}
              the neighbours [have not seen a parcel|did not take it in]
              I was home the whole day
              it says out for delivery every morning
              [the order number is|my order is] {order}
              {carrier} [told me to ask you|cannot tell me anything|does not pick up the phone]
            do
              [tell me|let me know] where [my parcel|my order|it|the {item}] is
              check the status of [my order|order {order}|the delivery|the shipment]
              send me [the tracking number|a tracking link|a new delivery date]
              find out [what happened to my parcel|when it will arrive|where it is]
              ask {carrier} where [it|the parcel] is
              deliver it
              give me a [delivery date|date|time frame]
            question
              where is my [order|parcel|{item}|delivery|package]?
              when will [it|my order|the {item}|my package] [arrive|be delivered|ship|come]?
              has it [been sent|shipped|left the warehouse] [yet|at all]?
              is there a [tracking number|delivery date]?
              how long does [delivery|shipping] to {city} take?
              will it come before {date}?
            terse
              where is my [order|parcel|package|{item}]
              no [parcel|delivery|tracking|package] yet
              {item} not [here|arrived|delivered] yet
              order {order} status
              tracking [not working|empty|stuck since {date}]
              still waiting for [my|the] {item}
              when does [my {item}|order {order}|it] arrive
              parcel [lost|stuck in {city}|late again]
              delivery was due {when}
              says delivered but [nothing here|its not]
              wheres the {item} i ordered {when}
              any update on order {order}
            note
              [customer|cust.] [asks for|wants] [delivery status|tracking|shipping status] of order {order}
              parcel [not arrived|overdue], tracking shows {city}
              where is order, {item}, ordered {date}
              [carrier says delivered, customer denies receipt|delivery overdue since {date}]
              wants to know when {item} [ships|will be delivered]
              no movement in tracking since {date}
            aside
              my other order [arrived fine|came in two days|was delivered on time]
              delivery was quick [this time|as always]
              {carrier} delivered it {when}
              tracking showed it arrived {when}
              the parcel was here in two days
            strike
              is my parcel [stuck|held up] because of the [strike|courier strike|strike at {carrier}]
              [since the strike began|because of the strike] [nothing is delivered in {city}|my {item} does not move|tracking has not changed]
              [I read about the strike|the strike is over], when [does my order come|will order {order} be delivered]
              {carrier} [is on strike|blames the strike], [where is my {item} now|what happens to my parcel|will it still arrive this week]
            """, """
            refund_request
            situation
              I [sent|returned] the {item} [back|] {when} and [have not got my money|still wait for my money|no refund has arrived]
              I want [my money back|a refund|the {amount} back] for [the|my] {item}
              the {item} is not [what I expected|as described|for me] and I [want|would like] my money back
              you [promised|confirmed] a refund of {amount} [on {date}|{when}] but [nothing has been paid|my account shows nothing]
              my return [was received|arrived at your warehouse] {when} but I [was not refunded|see no refund]
              I was charged [twice|double] for order {order} [and want one payment back|]
              you only refunded [part of|half of] the {amount}
              the price of the {item} [dropped|went down] [the day after|{when}] and I would like the difference back
              I [would like to return|am returning] the {item} [within the 30 days|unopened|unused] and get a refund
              the shipping [fee|costs] for the return should be refunded, [it says so on your site|{amount} in all]
              I got a voucher instead of [my money|a refund to my {bank_card}]
              the refund for {order} went to [an old|the wrong|a closed] {bank_card}
            background
              2x {damaged_item.situation}
              {wrong_item.situation}
              {cancel_order.aside}
              2x I cancelled order {order} {when} and [the money is still gone|nothing came back|{amount} is still missing]
              I was still charged {amount} for the {plan} [plan|subscription] after I had ended it
              {order_status.situation} / I do not [want|need] it any more
            detail
              it is [{amount}|about {amount}]
              I paid [by|with my] {bank_card}
              it has been [ten days|two weeks|three weeks|a month] now
              the return label was from {carrier}
              I have the receipt for the return
              the item is [unused|still sealed|in its box]
              your terms say [five|ten|fourteen] days
              my bank says nothing has come in
            do
              refund [me|the {amount}|my money|order {order}|the full amount]
              [give|send|pay] me my money back
              transfer the {amount} back to my {bank_card}
              [process|issue|start] [the|my] refund
              confirm the refund
              pay back [the difference|the shipping costs|the rest]
              return my money
            question
              when [do|will] I get my [money|refund|{amount}] [back|]?
              where is my refund?
              how long does a refund take?
              how do I [return it and get my money back|ask for a refund]?
              why have I not been refunded?
              can I have [my money back|a refund]?
            terse
              refund [please|still missing|not received|for order {order}]
              want my money back for the {item}
              where is my refund
              [money back|give me my money back] pls
              sent {item} back {when}, no refund
              refund of {amount} [never came|pending since {date}]
              charged twice, want one back
              how to get [refund|my money back]
              returned {item}, no money yet
              need to return {item} and get refunded
            note
              [customer|cust.] [wants|asks for|demands] refund [of {amount}|for {item}|]
              return received {date}, refund [open|not booked|missing]
              money back for order {order}, [charged twice|item returned|not as described]
              asks when refund [arrives|is paid out]
              refund went to old {bank_card}, please redo
              partial refund only, wants rest ({amount})
            aside
              the refund for my last order [came quickly|took a while]
              I do not [want|need] [a refund|my money back]
              the refund for the other one is already on my card
              keep the money, that is not the point
            """, """
            cancel_order
            situation
              I [want|would like|need] to cancel [my order|order {order}|the order I placed {when}]
              I [ordered|bought] the {item} [by mistake|by accident|twice] {when} [and want to cancel it|]
              I placed an order {when} and [changed my mind|found it cheaper elsewhere|do not need it any more]
              the {item} in order {order} is [no longer needed|not needed now] so [please do not send it|it should not be shipped]
              my {relative} [already bought|has already ordered] the same {item}, so my order can be stopped
              order {order} went through [twice|two times] and only one [is needed|should be sent]
              the cancel button [is greyed out|does nothing|is gone] for order {order}
              I [clicked|pressed] buy [too early|too fast] and would like to call the order off
              delivery of the {item} takes too long for me, so I [am cancelling|would like to cancel]
              I tried to cancel order {order} {when} [but it still says being prepared|and got no confirmation]
              I chose the wrong [size|colour|model] when ordering the {item} and want to cancel before it ships
            background
              {order_status.situation}
              {order_status.situation} / I do not want to wait any longer
              I typed the wrong delivery address on order {order} and it cannot be changed any more
              the payment for {order} [failed|did not go through] and I then bought the {item} elsewhere
              I found the {item} for {amount} less
            detail
              it has not [shipped|been sent|left] yet
              the order was placed [{when}|on {date}|an hour ago]
              it is order {order}
              I have not paid yet
              I paid with my {bank_card}
              nothing else in the order should change
              only the {item}, the rest can come
            do
              cancel [my order|the order|order {order}|it|the {item}]
              stop [the order|the shipment|it before it ships]
              [call off|withdraw|void] order {order}
              not send [it|the {item}|order {order}]
              confirm [the cancellation|that it is cancelled]
              take the {item} out of the order
            question
              can I still cancel [it|my order|the {item}]?
              how do I cancel [an order|this order|one item]?
              is it too late to cancel?
              can you stop it [before it ships|in time]?
              will I get a cancellation [mail|confirmation]?
            terse
              cancel [my order|order {order}|it|the {item}] [please|pls|]
              dont send the {item}
              [ordered twice|double order], cancel one
              changed my mind about the {item}
              stop order {order}
              wrong size ordered, cancel pls
              need to cancel {order} asap
              can i still cancel
              ordered by mistake
              pls cancel, found it cheaper
            note
              [customer|cust.] [wants|asks] to cancel order {order}
              cancellation, {item}, [not shipped yet|ordered by mistake|ordered twice]
              cancel {order}, [changed mind|bought elsewhere|wrong size]
              order to be stopped before shipping
              cancel button not available, please cancel manually
              cancel one of two identical orders
            aside
              I [cancelled|had to cancel] [another|one] order [last year|{when}]
              I do not want to cancel [anything|the order]
              I almost cancelled [the order|it]
              please do not cancel the order
            """, """
            change_address
            situation
              I [am moving|have moved|moved] [to {city}|house|] {when} and [my address is out of date|need a new address on file|the old address is still there]
              the delivery address [on|of|for] order {order} is [wrong|my old one|missing the house number]
              I [would like|need|want] my {item} sent to [my office|my {relative}|another address|a pick-up point] instead
              [my|our] new address is [{number} {street}|{street} {number}], {city}
              the [street|house number|postcode|flat number] in my [account|profile|order] is [wrong|misspelled|outdated]
              I cannot find where to [change|edit|update] [the|my] delivery address
              you [keep sending|still send] [parcels|letters] to my old [flat|address] in {city}
              the site does not accept my new [postcode|street]
              the [billing|invoice] address should be [my company's|my new one|{street} {number}], not the [old|private] one
              I will be visiting [my parents|my {relative}] in {city} when the {item} comes so it should go there
              order {order} should go to {street} {number}, {city}
              I forgot to change the address before I ordered the {item}
            background
              {order_status.aside} / it went to my old flat though
              I ordered the {item} {when} and will be in {city} when it comes
              the invoice for {order} [shows|has] the wrong [street|company address]
              I cannot save anything in my account, the page for addresses [gives an error|stays empty]
            detail
              we moved on {date}
              the old flat is empty
              the rest of the order is fine
              it has not shipped yet
              the postcode is #####
              the new house is {street} {number}
              my {relative} can take it in there
              only for this order, not for ever
            do
              change [the|my] [address|delivery address|shipping address] [to {street} {number}|for order {order}|]
              update my address [to {street} {number}, {city}|]
              send [it|order {order}|the {item}] to {street} {number}
              [correct|fix] the [street|house number|postcode|address]
              deliver to [my office|my new address|{street} {number}] instead
              use the new address from now on
              delete the old address
            question
              can I [still change|change|update] the [delivery|shipping|] address?
              how do I change my address?
              where do I [enter|update] my new address?
              can it be sent to [another|a different] address?
              did you get my new address?
            terse
              new address: {street} {number}, {city}
              [change|update] [my|delivery|shipping] address [pls|please|]
              wrong address on order {order}
              moved to {city}, need to update address
              pls send to {street} {number} instead
              address is my old one
              house number missing in {order}
              typo in my street name
              can u deliver to my work
              how to change delivery address
            note
              [customer|cust.] moved, new address {street} {number}, {city}
              change of [delivery|billing] address for order {order}
              address [wrong|outdated], should be {street} {number}
              wants delivery to [office|neighbour|pick-up point] instead
              please correct house number ({number})
              update address in profile, moved {date}
            aside
              the address [is correct|on the order is right|has not changed]
              I moved to {city} [last year|{when}]
              it came to the right address
              my address is [still {street} {number}|up to date]
            street
              [Mill Lane|Station Road|Gartenweg|Rue des Fleurs|Park Street|Church Row|Birkenallee|Harbour Road|King Street]
              [Lindenstraße|High Street|Via Verdi|Calle Mayor|Oak Avenue|Bridge Street|Market Square|Hillside|Kerkstraat]
            number!
              [1|2|3|4|5|6|7|8|9]
              [1|2|3|4|5|6]#[|a|b]
              1##
            """, """
            damaged_item
            situation
              [the|my] {item} arrived [broken|damaged|cracked|with a dent|scratched|in pieces] {when}
              when I opened the [box|parcel|package] the {item} was [broken|cracked|bent|scratched|torn|smashed]
              the {item} [has|came with] a [crack|dent|scratch|hole|tear|broken {part}] [on the side|in it|right at the front]
              the [box|packaging|parcel] was [crushed|wet|torn open|squashed] and the {item} inside [is damaged|got damaged|did not survive]
              the {part} of the {item} [is broken|broke off|was loose|is cracked] [out of the box|on the first day|]
              [one of the parts was|two of the pieces were] [smashed|broken|chipped] on arrival
              {carrier} [threw|dropped] the parcel and the {item} is [damaged|broken|dented]
              the {item} {when} came [badly packed|without padding] and is [full of scratches|bent|chipped]
              there is [water|glass|mould] in the box and the {item} is ruined
              the {item} was [leaking|already used and scratched|stained] when it [came|arrived]
              the {item} fell apart [after one day|when we unpacked it|the first time we used it]
            background
              the replacement for my {item} [came|arrived] {when} and it has [the same crack|a broken {part} too]
              {wrong_item.situation} / on top of that [it is scratched|the {part} is broken]
              the {item} does not switch on, the {part} [must have broken|looks bent]
              the {item} finally came {when} after three weeks and is [dented|broken]
            detail
              the {part} is [bent|broken|missing a piece]
              I [attached|took|can send] [photos|pictures]
              the box [looked fine|had a hole|was soaked]
              it cannot be used like that
              the driver [saw it|took a photo|left before I could say anything]
              there are [splinters|scratches|cracks] everywhere
              it was {amount}, so I expected better packing
            do
              [send|ship] [me|] a [replacement|new one|undamaged one|new {part}]
              replace [it|the {item}|the broken {part}]
              [exchange|swap] the broken {item}
              tell me [what to do with the broken one|where to send the photos]
              [repair|fix] it
              pick up the broken {item}
              make good the damage
            question
              can I [get|have] a [replacement|new one|new {part}]?
              do you need [photos|pictures] of the damage?
              how do I [report|claim] [damage|a damaged item|a broken item]?
              who pays for the damage?
              will you replace it?
            terse
              {item} [arrived|came] [broken|damaged|cracked|bent|scratched]
              broken {part} on [my|the] {item}
              box crushed, {item} damaged
              [crack|dent|scratch] in new {item}
              {item} smashed in transit
              got a broken {item}
              need replacement, {item} [damaged|broken]
              {part} broke off the {item}
              packaging torn, stuff broken inside
              item damaged see pic
            note
              {item} [arrived damaged|damaged in transit|broken on arrival], [wants replacement|photos attached|photos to follow]
              {part} broken, customer [wants new part|wants exchange]
              transport damage, order {order}, box [crushed|wet]
              [cust.|customer] reports [crack|dent|scratches] on {item}
              damaged delivery by {carrier}, replacement wanted
            aside
              nothing is [broken|damaged]
              the box was a bit [dented|torn] but the {item} is fine
              last time something came broken and you [replaced|sorted] it quickly
              it is not damaged
              my old {item} broke {when}
            part
              [handle|lid|leg|screen|cable|zip|frame|base|switch|wheel|corner|glass|hinge|plug|button|strap]
            """, """
            wrong_item
            situation
              I [ordered|bought] [a|the] {item} and [got|received|was sent] a {other} [instead|]
              you sent [me|us] the wrong [{item}|size|colour|model|product|article]
              the {item} I got is [{colour}|size {size}] but I ordered [{colour}|size {size}]
              there was a {other} in the box [instead of|where there should have been] [my|the] {item}
              I received [somebody else's|someone else's|another customer's] [order|parcel|things]
              the parcel {when} contained [the wrong item|a different model|something I never ordered]
              [the label says|the box says] {item} but inside [is|was] a {other}
              I got [two|three] {other}s and no {item}
              this is not the {item} [in the picture|I chose|I ordered], it is a [smaller|cheaper|different|older] [one|model]
              order {order} was [mixed up|swapped|confused with another one], I [got|received] a {other}
              the {item} is the wrong [voltage|version|model|size] for [my country|us|me]
            background
              the parcel that was [lost|late] came {when} but it holds a {other}
              {damaged_item.situation} / it is not even the colour I ordered
              the exchange you sent {when} is [again|once more] a {other}
              the invoice [says|lists] {item} but I have a {other} here
            detail
              the packing slip says {item}
              I ordered [size {size}|the {colour} one|model {model}]
              the article number on the box is {model}
              my order confirmation [clearly says|shows] {item}
              somebody else must have mine
              I have not [opened|used|unpacked] it
              it is not what I ordered
            do
              send [me|] the [right|correct|proper] [one|item|{item}|size|colour]
              [exchange|swap] it for the [right|correct|{colour}] one
              collect the {other} [and send what I ordered|]
              send what I [actually|really] ordered
              pick up the wrong one
              tell me how to send the wrong [one|item] back
              sort out the mix-up
            question
              how do I [send back|return|exchange] the wrong [one|item]?
              when do I get the [right|correct] [one|item|{item}]?
              can I swap it for [size {size}|the {colour} one]?
              did you mix up two orders?
              can I keep the {other}?
              who has my {item}?
            terse
              wrong [item|size|colour|product|model] [sent|received|delivered]
              got a {other} instead of {item}
              ordered {colour} got {colour}
              this is not what i ordered
              not my order in the box
              [you sent|received] a {other}??
              ordered size {size} got {size}
              wrong {item}, need the {colour} one
              order {order} mixed up
              someone elses stuff in my parcel
            note
              [wrong item|wrong size|wrong colour] [delivered|received], order {order}
              received {other} instead of {item}
              [customer|cust.] got someone else's [parcel|order]
              mix-up in order {order}, wants [exchange|correct item]
              ordered {colour}, received {colour}, wants swap
              wrong model sent ({model})
            aside
              it is the right [one|size|colour|model]
              the {item} itself is exactly what I ordered
              last year you sent me the wrong [size|colour] once
              I got the right item [this time|]
            other!
              [phone case|garden hose|bike lamp|salad bowl|pair of socks|curtain rod|dog lead|measuring cup|door mat|soap dish]
              [spice rack|laundry basket|pencil case|cat toy|bottle opener|night light|shower head|beach towel|cake tin]
            size
              [S|M|L|XL|36|38|39|40|41|42|43|44]
            model
              [TX|KL|M|HB]-[1|2|4|7]##
            """, """
            payment_failed
            situation
              my {bank_card} [was declined|was rejected|was refused|was not accepted] [at checkout|{when}|when I tried to pay for the {item}|]
              the payment [for order {order}|of {amount}|for my {item}|] [failed|did not go through|was rejected|keeps failing]
              I tried to pay [with|by] {pay_way} [{when}|three times|twice] and [it failed|got an error|nothing happened|it was refused]
              checkout [says|shows|tells me] "payment [declined|not possible|failed|refused]" [every time|although my card is fine|]
              the money [has left|was taken from] my account but the order [says unpaid|was not placed|shows payment failed]
              I cannot pay for [my order|order {order}|the {item}], the [payment page|checkout] [hangs|rejects my card|goes back to the basket]
              the [bank app|text message with the code|confirmation code] [never came|did not open] so I could not [confirm|approve] the payment
              {pay_way} is not [offered|accepted|working] at checkout [any more|today|]
              you [write|say] that order {order} is unpaid, but I [paid|transferred {amount}] {when}
              the [voucher|gift card|discount code] [is not accepted|was rejected] when I want to pay
              the monthly [charge|payment] for my {plan} plan [bounced|failed|was declined] {when}
            background
              the checkout page [froze|crashed|stayed white] {when} and I do not know whether I paid
              I got a new {bank_card} and the shop still [charges|tries] the old one
              my order {order} was [cancelled|stopped] by itself {when}, the mail says no money came in
              {amount} was taken twice {when}, but the order is still [open|unpaid]
            detail
              my bank says [everything is fine|they did not block anything|the card is ok]
              there is enough money on [the account|the card]
              the card [works|worked] in other shops
              the amount is {amount}
              it says error code [E|P]-[1|2|4|5]##
              the same card worked [last month|{when}]
              I tried [another card|{browser}|the app] too
              the card is valid until next year
            do
              [check|accept|unlock] my [payment|{bank_card}]
              [let|help] me pay [for the {item}|another way|by {pay_way}|]
              [tell me|find out] why my [card|payment] [is declined|was refused|fails]
              send me a [new payment link|payment link|bank account number]
              try the payment again
              assign my payment of {amount} to order {order}
              delete the old card
            question
              why [is|was] my [card|payment] [declined|rejected|refused]?
              how else can I pay?
              can I pay by {pay_way}?
              did the payment [go through|work]?
              was my card charged?
              can I [try|pay] again?
            terse
              [card|payment] [declined|failed|rejected] [again|at checkout|for order {order}|]
              cant pay [with|by] {pay_way}
              payment error at checkout
              {pay_way} not working
              tried to pay {amount}, [failed|error|declined]
              money gone but order unpaid
              why is my card [refused|declined]
              payment wont go through
              checkout says declined
              cant pay for my {item}
              discount code not accepted
            note
              payment [declined|failed|rejected], {pay_way}, order {order}
              [customer|cust.] cannot pay, [card refused|no code received|{pay_way} fails]
              paid {amount} on {date}, order still unpaid
              card declined at checkout, bank says ok
              wants to pay by {pay_way} instead
              direct debit for {plan} bounced
            aside
              the payment [went through|worked] [without trouble|at once|fine]
              I paid [by|with] {pay_way} {when}
              my card was charged {amount} {when}
              [payment is not the problem|it is already paid]
            pay_way
              [credit card|debit card|bank transfer|PayPal|direct debit|Visa|Mastercard|instalments|gift card|invoice|Apple Pay]
            sale
              [your|the] [spring|] sale [is on|ends tonight] and [my card is declined|the payment fails|I cannot pay] [every time|again and again|]
              I [tried|have tried] to pay for the {item} from the [spring sale|sale] [since this morning|ten times] and [payment fails|it is declined]
              the sale price of {amount} [is in my basket|shows] but the payment [does not go through|fails]
              everyone seems to be paying at once, [payment failed|card refused] for my spring sale order
            """, """
            invoice_copy
            situation
              I [need|require|would like] [a copy of the|the|an] invoice for [order {order}|my {item}|the {item} I bought {when}]
              I [cannot find|have lost|deleted by accident] the invoice for [order {order}|my order|the {item}]
              there was no [invoice|receipt|bill] [in the box|in the parcel|with the delivery]
              our [accounting|bookkeeping|tax office|tax adviser] [needs|wants|asks for] [a proper|an] invoice [with VAT|for {amount}|for order {order}]
              the invoice [has|shows] [the wrong|my private|no] [company name|VAT number|name] [on it|]
              the invoice [download|link|PDF] [is empty|does not open|leads nowhere]
              my [employer|boss|insurance|company] will only pay me back with [an invoice|a receipt]
              I never [got|received] [an invoice|a receipt|a bill] for [order {order}|the {amount}|my purchase {when}]
              I need all invoices [from last year|since January|for 2024] for my tax return
              the warranty [people|department] [want|ask for] the receipt for my {item}
              the PDF you sent {when} is [only a delivery note|an order confirmation], not an invoice
            background
              I paid {amount} {when} and my accounts department [asks what for|wants a paper]
              our company moved to {street} {number} and the bill still has the old address
              I returned one of two {item}s and need [a corrected bill|a credit note]
              my insurance pays for the broken {item} if I can prove what it cost
            detail
              it is for my tax return
              the VAT number is missing
              the deadline is {date}
              a PDF by mail is [enough|fine]
              the amount was {amount}
              it should be made out to [my company|our office in {city}]
              the order number is {order}
              I need it for the warranty
            do
              [send|mail|e-mail] me [the|a copy of the|a new] [invoice|receipt|bill] [again|as PDF|]
              [resend|reissue] the invoice [for order {order}|]
              [correct|change] the [name|VAT number|company] on the invoice
              issue an invoice [with VAT|for order {order}|to my company]
              send me all invoices [from last year|as PDF]
              send a credit note
            question
              where can I [find|download|get] [my|the] [invoice|receipt]?
              can I [get|have] [an invoice|a receipt|a copy of the invoice]?
              can you send the invoice [again|as PDF|by post]?
              do you have a receipt for me?
              is the invoice in my account?
            terse
              need [invoice|receipt|bill] for order {order}
              invoice [missing|please|copy pls|not received]
              send me the [invoice|receipt] [again|]
              pdf invoice wont open
              where do i find my [invoice|receipt]
              no receipt in the box
              need invoice with vat number
              copy of bill for {item} pls
              invoice {order} wrong company name
              receipt for warranty, {item}
            note
              [customer|cust.] [needs|wants] [invoice|copy of invoice|receipt] for order {order}
              resend invoice [{date}|by mail|as PDF], order {order}
              invoice [wrong|incomplete], VAT number missing
              duplicate bill for tax, {item}, {amount}
              asks for corrected invoice to company
              invoice never received, [sent to old mail|purchase of {date}]
            aside
              the invoice [came by mail|is here|arrived with it]
              I [have|still have|attached] the [invoice|receipt]
              the invoice says {amount}
              I do not need an invoice
            street
              {change_address.street}
            number
              {change_address.number}
            """, """
            account_access
            situation
              I [cannot|can't|can not] [log in|sign in|get into my account] [any more|since {date}|on my {device}|with my e-mail]
              I [forgot|have forgotten|lost] my [password|login|user name]
              the password reset [mail|link|e-mail] [never arrives|does not work|has expired|ends in nothing]
              my account [is|was|has been] [locked|blocked|suspended] [{when}|after three attempts|for no reason|]
              the [code|security code|verification code] for the login [never comes|is wrong every time|went to my old phone number]
              [somebody|someone] [has changed my password|logged in to my account|is using my account] [{when}|from {city}|]
              I no longer have [the e-mail address|the phone number] that my login [uses|is tied to]
              it says [wrong password|unknown user|account not found] although I [am sure it is right|just changed it]
              I got a new phone and [the login code goes to the old one|cannot confirm the login]
              I [changed|reset] my password {when} and [now nothing works|still cannot sign in]
              I am locked out of my account [since {date}|again|]
            background
              the app logged me out {when} and does not [take|accept] my [details|data]
              I want to see the order {order}, but my [details are not accepted|password is not accepted]
              after the last update the login page [reloads|jumps back] and I am [not let in|locked out]
              I closed my account by accident {when} and want back in
              I am asked for a code when I want to change my address and it never comes
            detail
              the e-mail address is the right one
              I [checked|looked in] the spam folder
              I tried [three|five] times
              I have not changed anything
              it worked [last week|{when}]
              my user name is the old [mail|e-mail] address
              the reset link opens a blank page
            do
              [unlock|unblock|open|restore] my account
              reset my password
              send me a [new|] [password|reset link|login code]
              [let me back in|give me access again|help me log in]
              change the [e-mail|phone number] for my login
              secure my account
              log out all other devices
            question
              how do I [reset my password|get back in|log in again|unlock my account]?
              why is my account [locked|blocked]?
              can you send a new [reset link|password|code]?
              why can I not [log in|sign in]?
              was my account hacked?
              which e-mail did I use?
            terse
              cant [log in|login|sign in|get in]
              forgot my password
              [account|login] [locked|blocked] [again|since {date}|]
              reset mail not coming
              [password|reset link] not working
              no login code on my {device}
              locked out of my account
              someone hacked my account
              wrong password but its right
              how do i reset my password
              login code goes to old number
            note
              [customer|cust.] [cannot log in|locked out|forgot password]
              password reset mail not received
              account [locked|blocked] after [three|several] attempts, unlock
              lost access to old [mail|phone], change login
              suspected [foreign|third party] login from {city}
              two-step code not arriving
            aside
              I can log in [fine|again|without trouble]
              my password [works|is fine]
              I logged in and looked at my account
              I had to reset my password first
            """, """
            delete_account
            situation
              I [want|would like|wish] to [delete|close|remove] my account [for good|completely|and all my data|]
              please [delete|erase|remove] [all|] my [data|personal data|account|profile] [from your system|under the GDPR|]
              I [do not use|do not need|no longer use|no longer need] [the|my|this] account and want it [closed|deleted|gone]
              I cannot find [the button|the option|where] to [delete|close] my account
              I asked [{when}|on {date}] to have my account [deleted|closed] and [it is still there|I still get mails]
              I [am done|have finished] with your shop and want [my profile|my customer account] [erased|removed]
              I have two accounts and [one|the older one] should be [deleted|closed|removed]
              [close|delete] my customer account {customer} [and confirm it in writing|]
              my {relative} [has died|passed away] and the account [should be closed|has to be deleted]
              I withdraw my consent and ask for [erasure|deletion] of my personal data
              I do not want you to [store|keep] my [data|address and card] any longer
            background
              I [cancelled|ended] my {plan} plan {when} and want nothing left behind
              I keep getting newsletters although I unsubscribed, so [take me out of your system|remove me]
              since somebody got into my login {when} I do not trust [it|you] any more
              the last order was [a disaster|broken], [we are through|I am leaving]
              I moved abroad to a country you do not deliver to
            detail
              there are no open orders
              I know this cannot be undone
              [article 17|the GDPR|the law] gives me that right
              I have saved my invoices
              the account is under my old e-mail
              this includes the newsletter
              I do not want to be asked why
            do
              delete my [account|data|profile|personal data]
              close my account [for good|]
              [erase|remove] [all my data|everything you have about me|my profile]
              confirm [the deletion|that my data are erased]
              remove me from [all lists|your system]
              deactivate my account for ever
            question
              how do I [delete|close|remove] my [account|profile]?
              can you [delete|erase|close] my [account|data]?
              when will my data be [gone|erased|deleted]?
              where is the delete button?
              what data do you [keep|still hold] about me?
            terse
              2x delete my [account|data|profile] [please|pls|now|completely]
              close [my|this|the] account [please|pls|for good|{customer}]
              want to [delete|close] my [account|profile]
              remove all [my|our] data [pls|please|from your shop|]
              how to [delete|close|remove] [account|my account|my profile]
              account {customer} can be deleted
              gdpr erasure request
              i want out, erase everything
              no more mails, delete me
              where is the delete account button
            note
              [customer|cust.] [wants|requests] [account closure|account deleted|deletion of account]
              GDPR erasure request, customer {customer}
              close account, no open orders
              delete duplicate account, keep {customer}
              data deletion requested [in writing|by phone], confirm by mail
              account holder deceased, close account
            aside
              I do not want to [close|delete] my account
              if this goes on I will [close|delete] my account
              I deleted an old account of mine [last year|{when}]
              [leave|keep] my account [as it is|open]
            news
              [after|because of] [the story in the news|the news about stolen data|what was on TV] I want my [account|data] [deleted|erased|removed]
              [I read|I heard] about the data leak [in the news|on the radio] and want to [delete|close] my account
              [are my data part of the leak|was I hit by the leak]? please delete [my account|everything]
              the leak [worries|scares] me, [close my account|erase my data] at once
            """, """
            subscription_change
            situation
              I [want|would like|need] to [change|switch|upgrade|downgrade] my [subscription|plan|membership] [to {tier}|from {plan} to {tier}|]
              I [want|would like] to [pause|suspend|stop] [my|the] {plan} [subscription|plan|membership] [for a month|until summer|from {date}|]
              my {plan} [subscription|membership|plan] [renewed|was renewed|was extended] {when} [although I had cancelled it|without asking me|]
              I [want|wish] to [end|cancel|quit] my {plan} [subscription|membership|plan] [at the end of the month|from {date}|]
              the {plan} [subscription|plan] is too [expensive|much|big] for [me|us] [now|since {date}]
              I [signed up for|took] the free trial {when} and do not want it to [continue|turn into a paid plan|renew]
              I would like the [box|delivery] [every two months|every two weeks|less often] [instead of every month|]
              my {relative} should be [added to|taken off] my {plan} plan
              I [upgraded|switched] to {tier} {when} but [still have|it still shows] the {plan} plan
              the price of the {plan} plan [went up|changed|has risen] and I want the [old|smaller] one
              [we|I] would like to move from monthly to yearly billing
            background
              I was charged {amount} {when} for another month of {plan}, which I do not use
              we will be visiting family in {city} all summer and nobody can take the [monthly boxes|coffee boxes]
              the payment for {plan} was refused {when} and I am fine with that
              I lost my student status {when}
              there are two of us now instead of one
            detail
              the next renewal is on {date}
              I pay {amount} a month
              I have been on {plan} for [a year|two years]
              the trial ends {date}
              I only use it twice a month
              the account itself can stay
              I do not need [{tier}|the extras] any more
            do
              [change|switch|move] me to {tier}
              [pause|stop|suspend] my subscription [for a month|until {date}|]
              [cancel|end] my [subscription|membership|{plan} plan]
              [turn off|switch off] the [automatic renewal|auto-renewal]
              [downgrade|upgrade] [my plan|me to {tier}]
              change the [interval|billing] to [yearly|every two months]
            question
              how do I [change|pause|cancel|downgrade|upgrade] my [subscription|plan|membership]?
              can I [switch|move] to {tier}?
              when does my [plan|subscription|membership] [end|renew]?
              what does {tier} cost?
              can I skip a month?
              is there a notice period?
            terse
              [pause|cancel|stop|change] my [subscription|membership|plan]
              [switch|upgrade|downgrade] to {tier} [please|pls|]
              stop [auto renewal|the monthly box|the {plan} plan]
              dont renew my {plan} plan
              how to change plan
              skip next [box|month] pls
              subscription renewed without asking
              trial ends {date}, dont continue
              yearly instead of monthly
              want smaller plan
            note
              [customer|cust.] wants to [pause|end|change] {plan} [subscription|plan]
              [upgrade|downgrade|switch] {plan} to {tier} from {date}
              auto-renewal off, {plan}
              membership renewed against will, [wants to end it|asks for stop]
              skip [one|two] deliveries of {plan}
              trial not to be continued
            aside
              I am on the {plan} plan
              my subscription [is fine|can stay as it is|was renewed {when}]
              I am a {plan} member
              the {plan} plan [is great|is worth it]
            tier
              [Plus|Basic|Family|Premium|Pro|yearly|the smaller box|the bigger box|the student rate]
            """, """
            technical_problem
            situation
              the [app|shop app|website|site] [crashes|crashed|freezes|froze|hangs] [when I open it|every time|on my {device}|since the update|when I open my basket]
              I get [an error|a blank page|error {error}|a white screen] [when I open|on|when loading] [the site|the app|my orders|the product page|the search]
              the [search|filter|basket|wish list|menu|product page|chat window] [does not work|did not load|does not load|shows nothing] [in {browser}|on my {device}|since {date}|]
              [pictures|product photos|pages|buttons] [do not load|are missing|take for ever|did not load] [in the app|on your site|in {browser}]
              since the [last|latest|new] update the app [closes by itself|is very slow|drains my battery|does not start]
              the {item} [will not connect|does not connect|lost its connection] to [the app|my phone|the wifi] [since {date}|any more|]
              the [app|website] [showed|shows] everything in [another language|German|tiny letters] {when}
              my basket was [empty|emptied] {when} [when I came back|after I added the {item}|for no reason]
              the app does not [install|update|open] on my {device}
              notifications [do not arrive|stopped working|came twice] on my {device}
              I deleted and [reinstalled|installed] the app {when} and it [still crashes|did not help]
              the form for [returns|reviews|addresses] [gave|gives] error {error}
            background
              the login page [stays|stayed] blank in {browser}, my password is not the problem
              I wanted to pay {when} and the [page|app] [froze|crashed] before I could [type anything|choose anything]
              I wanted to delete the saved {item} from my wish list and the app closed
              I tried to download an invoice {when} and the site [crashed|threw error {error}]
              the tracking map in the app [is white|froze|crashed]
            detail
              I use {browser} on my {device}
              I [restarted|cleared the cache|updated everything], [no change|same result]
              it happens [every time|on every device|only in the app]
              the error [number|code] is {error}
              it started [{when}|on {date}|after the update]
              the version is [3|4|5].#.#
              on my {relative}'s phone it works
              I made a screenshot
            do
              fix [the app|the bug|the site|this bug|it]
              [look at|check] [the error|your servers|the bug]
              [tell me|explain] how to [fix it|get it running|install it]
              repair [the search|the basket|your website]
              send me [an older version|a working version|a link to the app]
              get the [site|app] running again
            question
              is [the site|the app|your server] down?
              is this a known [bug|problem|issue]?
              when will [it|the app|the bug] be fixed?
              do I need a newer [phone|browser|version]?
              what does error {error} mean?
              why does the app [crash|freeze|close]?
            terse
              app [crashes|keeps crashing|frozen|not opening|wont open] [on my {device}|]
              [site|website|page] [down|not loading|blank|broken]
              error {error} [all the time|when i open the basket|on your site|]
              search [broken|not working]
              cant open the app since update
              [basket|cart] [empty|not loading|broken]
              buttons do nothing in {browser}
              app super slow on {device}
              {item} wont connect to app
              blank page in {browser}
              bug in the app
            note
              app [crashes|freezes] on {device}, [after update|version 5.#]
              [customer|cust.] gets error {error} on [website|basket page|search]
              website [not loading|blank] in {browser}, [cache cleared|screenshot attached]
              {item} does not pair with app
              technical issue, [search|filter|basket] not working
              notifications missing, reinstall did not help
            aside
              the [app|website] works [fine|well]
              the new app is [nice|much better]
              the site was a bit slow {when}
              I [did it|looked it up] in the app
            error
              [500|502|503|404|403|E-##|0x8#|1##|F##]
            outage
              [nothing works|the whole site is down|the app and the site are down] [since this morning|right now|for hours], [error 502|I only get error 502|bad gateway]
              [error 502|a bad gateway error] [on every page|wherever I click|in the app and in {browser}] [since {date}|today|]
              is there an outage, [your site is down|the app shows error 502|I cannot open anything]
              [since the outage|because of the outage] [my basket is gone|the search is broken|the app does not start]
            """};
    }
}
