package io.bezoar.app.gate;

import io.bezoar.app.report.SafeText;
import io.bezoar.app.review.Person;
import io.bezoar.app.review.Standing;
import io.bezoar.core.Severity;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.Outcome;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads a policy in YAML 1.2: plain values only, no tags that name classes, no aliases, each key known
/// or named with the known ones. A policy that is half understood would be half enforced.
public final class PolicyFile {
    private static final int LARGEST = 1 << 20;

    private final String name;

    private PolicyFile(String name) {
        this.name = name;
    }

    /// Reads a policy.
    ///
    /// @throws BadInput if there is none, or if it is no policy
    public static GatePolicy read(Path file) throws IOException {
        return read(file.toString(), bytes(file));
    }

    /// The bytes of a policy, which may turn out to be none.
    ///
    /// @throws BadInput if there is no file, or a larger one than any policy
    public static byte[] bytes(Path file) throws IOException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new BadInput("expected a policy at " + SafeText.plain(file.toString(), 200)
                        + ", but that is no file; name the policy itself");
            }
            if (Files.size(file) > LARGEST) {
                throw new BadInput("expected at most 1 MiB in the policy " + SafeText.plain(file.toString(), 200));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadInput("expected a policy at " + SafeText.plain(file.toString(), 200) + ", found no such file");
        }
    }

    /// Reads a policy.
    ///
    /// @param name of the file, for messages
    /// @param bytes its content, UTF-8
    /// @throws BadInput if it is no policy
    public static GatePolicy read(String name, byte[] bytes) {
        PolicyFile file = new PolicyFile(SafeText.plain(name, 200));
        if (bytes.length > LARGEST) {
            throw file.bad("at most 1 MiB", bytes.length + " bytes");
        }
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(LARGEST)
                .build();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
            return file.policy(new Load(settings).loadFromString(text));
        } catch (YamlEngineException e) {
            throw file.bad("YAML", "what is none: " + told(e));
        } catch (CharacterCodingException e) {
            throw file.bad("UTF-8", "other bytes");
        } catch (IllegalArgumentException e) {
            throw new BadInput("expected a policy in " + file.name + ", but " + e.getMessage());
        }
    }

    /// The mistake in one line. The file is the user's, and whoever prints the sentence escapes it.
    private static String told(YamlEngineException e) {
        String words = e instanceof MarkedYamlEngineException marked && marked.getProblem() != null
                ? marked.getProblem()
                        + marked.getProblemMark()
                                .map(mark -> " in line " + (mark.getLine() + 1))
                                .orElse("")
                : String.valueOf(e.getMessage());
        String line = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    private BadInput bad(String expected, String came) {
        return new BadInput("expected " + expected + " in the policy " + name + ", came " + came);
    }

    private GatePolicy policy(@Nullable Object root) {
        Map<?, ?> top = map(
                "the policy",
                root,
                Set.of("version", "scan", "review", "evaluation", "drift", "ledger", "suppressions"));
        if (!Integer.valueOf(1).equals(top.get("version"))) {
            throw bad("version: 1", top.get("version") == null ? "no version" : "version " + shown(top.get("version")));
        }
        Map<?, ?> scan = map(
                "scan",
                top.get("scan"),
                Set.of(
                        "fail_on",
                        "min_coverage",
                        "max_malformed",
                        "max_without_target",
                        "required_detectors",
                        "allow_incomplete",
                        "allow_absent_data",
                        "allow_other_settings"));
        Optional<Standing.Quorum> review = Optional.empty();
        if (top.containsKey("review")) {
            Map<?, ?> asked = map("review", top.get("review"), Set.of("required_reviewers"));
            Map<?, ?> people = map("required_reviewers", asked.get("required_reviewers"), Set.of("high", "medium"));
            review = Optional.of(new Standing.Quorum(
                    number("required_reviewers.high", people.get("high"), Standing.Quorum.DEFAULT.high()),
                    number("required_reviewers.medium", people.get("medium"), Standing.Quorum.DEFAULT.medium())));
        }
        return new GatePolicy(
                severity(scan.get("fail_on")),
                reading(scan),
                Optional.ofNullable(scan.get("required_detectors"))
                        .map(names -> texts("scan.required_detectors", names)),
                review,
                evaluation(top),
                drift(top),
                ledger(top),
                suppressions(top.get("suppressions")));
    }

    private GatePolicy.Reading reading(Map<?, ?> scan) {
        GatePolicy.Reading usual = GatePolicy.Reading.DEFAULT;
        Object withoutTarget = scan.get("max_without_target");
        return new GatePolicy.Reading(
                share("scan.min_coverage", scan.get("min_coverage"), usual.minCoverage()),
                count("scan.max_malformed", scan.get("max_malformed"), usual.maxMalformed()),
                withoutTarget == null
                        ? usual.maxWithoutTarget()
                        : Optional.of(share("scan.max_without_target", withoutTarget, 0)),
                flag("scan.allow_incomplete", scan.get("allow_incomplete")),
                flag("scan.allow_absent_data", scan.get("allow_absent_data")),
                flag("scan.allow_other_settings", scan.get("allow_other_settings")));
    }

    private Map<?, ?> map(String where, @Nullable Object value, Set<String> known) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw bad("keys under " + where, shown(value));
        }
        for (Object key : map.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw bad(
                        "known keys under " + where + " ("
                                + String.join(", ", known.stream().sorted().toList()) + ")",
                        shown(key));
            }
        }
        return map;
    }

    private Optional<Severity> severity(@Nullable Object value) {
        if (value == null) {
            return GatePolicy.DEFAULT.failOn();
        }
        if (value.equals("never")) {
            return Optional.empty();
        }
        for (Severity severity : Severity.values()) {
            if (severity.name().toLowerCase(Locale.ROOT).equals(value)) {
                return Optional.of(severity);
            }
        }
        throw bad("scan.fail_on never, low, medium or high", shown(value));
    }

    private Optional<GatePolicy.KnownRows> ledger(Map<?, ?> top) {
        if (!top.containsKey("ledger")) {
            return Optional.empty();
        }
        Map<?, ?> asked = map("ledger", top.get("ledger"), Set.of("min_coverage", "log"));
        Object log = asked.get("log");
        return Optional.of(new GatePolicy.KnownRows(
                share("ledger.min_coverage", asked.get("min_coverage"), 1),
                log == null ? Optional.empty() : Optional.of(key(log))));
    }

    private String key(Object value) {
        if (value instanceof String text && text.indexOf('+') > 0) {
            return text.strip();
        }
        throw bad("the public key of a ledger's log for ledger.log", shown(value));
    }

    private double share(String where, @Nullable Object value, double otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw bad("a " + where + " from 0 to 1", shown(value));
    }

    private Optional<GatePolicy.EvaluationDemand> evaluation(Map<?, ?> top) {
        if (!top.containsKey("evaluation")) {
            return Optional.empty();
        }
        Map<?, ?> asked = map("evaluation", top.get("evaluation"), Set.of("suite", "required", "max_missing"));
        List<String> required = texts("evaluation.required", asked.get("required"));
        for (String kind : required) {
            if (!Outcome.KINDS.contains(kind)) {
                throw bad(
                        "kinds of demands under evaluation.required (" + String.join(", ", Outcome.KINDS) + ")",
                        shown(kind));
            }
        }
        Optional<String> suite = Optional.empty();
        if (asked.get("suite") != null) {
            if (!(asked.get("suite") instanceof String digest) || !digest.matches("[0-9a-f]{64}")) {
                throw bad("64 hex digits for evaluation.suite", shown(asked.get("suite")));
            }
            suite = Optional.of(digest);
        }
        return Optional.of(new GatePolicy.EvaluationDemand(
                suite, required, share("evaluation.max_missing", asked.get("max_missing"), 0)));
    }

    private Optional<GatePolicy.DriftDemand> drift(Map<?, ?> top) {
        if (!top.containsKey("drift")) {
            return Optional.empty();
        }
        Map<?, ?> asked = map("drift", top.get("drift"), Set.of("max"));
        if (asked.get("max") == null) {
            throw bad("a drift.max from 0 to 1", "none");
        }
        return Optional.of(new GatePolicy.DriftDemand(share("drift.max", asked.get("max"), 0)));
    }

    private int number(String where, @Nullable Object value, int otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number && number >= 1 && number <= 100) {
            return number;
        }
        throw bad(where + " from 1 to 100", shown(value));
    }

    private long count(String where, @Nullable Object value, long otherwise) {
        if (value == null) {
            return otherwise;
        }
        if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
            return ((Number) value).longValue();
        }
        throw bad("a number of pieces for " + where, shown(value));
    }

    private boolean flag(String where, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw bad("true or false for " + where, shown(value));
    }

    private List<String> texts(String where, @Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw bad("a list of words for " + where, shown(value));
    }

    private List<GatePolicy.Suppression> suppressions(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw bad("a list of suppressions", shown(value));
        }
        List<GatePolicy.Suppression> all = new ArrayList<>();
        for (Object entry : list) {
            Map<?, ?> map = map("suppressions", entry, Set.of("campaign", "reason", "owner", "approver", "expires"));
            String owner = person("owner", map.get("owner"));
            String approver = person("approver", map.get("approver"));
            if (Person.key(owner).equals(Person.key(approver))) {
                throw bad("an approver who is not the owner of a suppression", shown(approver) + " for both");
            }
            all.add(new GatePolicy.Suppression(
                    text("campaign", map.get("campaign")),
                    text("reason", map.get("reason")),
                    owner,
                    approver,
                    day(text("expires", map.get("expires")))));
        }
        return all;
    }

    private String text(String key, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw bad("a text for " + key + " in every suppression", value == null ? "none" : shown(value));
    }

    private String person(String key, @Nullable Object value) {
        String name = text(key, value);
        Person.fault(name).ifPresent(fault -> {
            throw bad("a name for " + key + " in every suppression", shown(name) + ", which " + fault);
        });
        return name;
    }

    private LocalDate day(String text) {
        try {
            if (text.length() != "2026-12-31".length()) {
                throw new DateTimeException("a year of more than four digits");
            }
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw bad("a day like 2026-12-31 for expires", shown(text));
        }
    }

    private static String shown(@Nullable Object value) {
        return "“" + SafeText.plain(String.valueOf(value), 100) + "”";
    }
}
