package io.bezoar.ledger;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the rows of a stream have to be: a data contract. Format in `docs/formats/ledger.md`.
///
/// The digest of its canonical JSON is the schema digest in every leaf, so that a row cannot be read
/// under other rules than those it came in by.
public final class Contract {
    private static final Set<String> KNOWN =
            Set.of("contract", "format", "fields", "otherFields", "label", "limits", "quarantine");
    private static final Set<String> KNOWN_FIELD = Set.of("type", "required", "longest", "oneOf");
    private static final Set<String> KNOWN_LIMITS = Set.of("days", "rows", "labels");
    private static final int LONGEST_LABEL = 200;
    private static final Set<String> KNOWN_RANGE = Set.of("least", "most");

    /// Rows may be any lines.
    public static final Contract ANY =
            of(new JsonValue.Building().with("contract", "bezoar.contract/1").done());

    private final Members json;
    private final boolean strictJson;
    private final Map<String, Field> fields = new TreeMap<>();
    private final boolean otherFields;
    private final String label;
    private final Limits limits;
    private final double mostQuarantined;

    private record Field(String type, boolean required, long longest, Set<String> oneOf) {}

    /// How much a writer may bring in a window of days.
    ///
    /// @param days length of the window, at least 1
    /// @param rows most rows of one writer in it
    /// @param labels the share that each label must have among them, from `least` to `most`
    record Limits(int days, long rows, Map<String, Range> labels) {}

    /// A range of shares.
    record Range(double least, double most) {}

    /// What a row is.
    ///
    /// @param problem what was expected and what came; empty if it keeps the contract
    /// @param label its label; empty if the contract names none
    record Row(String problem, String label) {}

    private Contract(Members json) {
        this.json = json;
        known(json, KNOWN, "a contract");
        if (!json.text("contract").equals("bezoar.contract/1")) {
            throw new Malformed("expected a contract \"bezoar.contract/1\", came another version");
        }
        String format = json.has("format") ? json.text("format") : "lines";
        if (!format.equals("lines") && !format.equals("jsonl")) {
            throw new Malformed("expected the format jsonl or lines in a contract, came another");
        }
        strictJson = format.equals("jsonl");
        if (json.has("fields")) {
            Members all = json.members("fields");
            all.values().keySet().forEach(name -> fields.put(name, field(all.members(name))));
        }
        String others = json.has("otherFields") ? json.text("otherFields") : "allow";
        if (!others.equals("allow") && !others.equals("refuse")) {
            throw new Malformed("expected allow or refuse as otherFields of a contract, came another");
        }
        otherFields = others.equals("allow");
        label = json.has("label") ? json.text("label") : "";
        if (!strictJson && (!fields.isEmpty() || !label.isEmpty() || !otherFields)) {
            throw new Malformed("expected the format jsonl in a contract with fields, came another");
        }
        limits = json.has("limits") ? limits(json.members("limits")) : new Limits(1, Long.MAX_VALUE, Map.of());
        if (label.isEmpty() && !limits.labels().isEmpty()) {
            throw new Malformed("expected the name of the label in a contract that limits labels, came none");
        }
        mostQuarantined = json.find("quarantine").map(Contract::share).orElse(1.0);
    }

    /// The contract in a JSON object.
    public static Contract of(Members json) {
        return new Contract(json);
    }

    private static void known(Members json, Set<String> names, String where) {
        for (String name : json.values().keySet()) {
            if (!names.contains(name)) {
                throw new Malformed("expected in " + where + " only "
                        + String.join(", ", names.stream().sorted().toList()) + ", came \"" + name + "\"");
            }
        }
    }

    private static Field field(Members json) {
        known(json, KNOWN_FIELD, "a field of a contract");
        String type = json.has("type") ? json.text("type") : "string";
        if (!Set.of("string", "number", "boolean", "object", "array").contains(type)) {
            throw new Malformed("expected a field of type string, number, boolean, object or array, came another");
        }
        JsonValue required = json.find("required").orElse(new JsonValue.Truth(true));
        if (!(required instanceof JsonValue.Truth(boolean asked))) {
            throw new Malformed("expected true or false as required of a field, came another value");
        }
        long longest = json.has("longest") ? json.whole("longest") : Long.MAX_VALUE;
        Set<String> oneOf = json.has("oneOf") ? new HashSet<>(json.texts("oneOf")) : Set.of();
        if (longest < 0 || (json.has("oneOf") && oneOf.isEmpty())) {
            throw new Malformed("expected a length from 0, and one value or more, for a field, came another rule");
        }
        if (!type.equals("string") && (json.has("longest") || json.has("oneOf"))) {
            throw new Malformed("expected longest and oneOf for fields of type string alone, came one of type " + type);
        }
        return new Field(type, asked, longest, oneOf);
    }

    private static Limits limits(Members json) {
        known(json, KNOWN_LIMITS, "the limits of a contract");
        Map<String, Range> labels = new TreeMap<>();
        if (json.has("labels")) {
            Members all = json.members("labels");
            for (String name : all.values().keySet()) {
                Members range = all.members(name);
                known(range, KNOWN_RANGE, "the range of a label");
                if (name.length() >= LONGEST_LABEL) {
                    throw new Malformed("expected labels below 200 characters in a contract, came a longer one");
                }
                double least = range.find("least").map(Contract::share).orElse(0.0);
                double most = range.find("most").map(Contract::share).orElse(1.0);
                if (least > most) {
                    throw new Malformed("expected the least share of a label not above the most, came another range");
                }
                labels.put(name, new Range(least, most));
            }
        }
        long days = json.has("days") ? json.whole("days") : 1;
        if (days < 1 || days > 10_000) {
            throw new Malformed("expected limits over 1 to 10000 days, came " + days);
        }
        long rows = json.has("rows") ? json.whole("rows") : Long.MAX_VALUE;
        if (rows < 1) {
            throw new Malformed("expected a limit of at least one row, came " + rows);
        }
        return new Limits((int) days, rows, labels);
    }

    private static double share(JsonValue value) {
        double share = switch (value) {
            case JsonValue.Whole(long number) -> number;
            case JsonValue.Decimal(double number) -> number;
            default -> -1;
        };
        if (!(share >= 0 && share <= 1)) {
            throw new Malformed("expected a share from 0 to 1 in a contract, came another value");
        }
        return share;
    }

    public Members json() {
        return json;
    }

    /// The schema digest.
    public Digest digest() {
        return Hasher.digest(CanonicalJson.bytes(json));
    }

    Limits limits() {
        return limits;
    }

    /// The share of held-back rows above which a whole batch is refused, from 0 to 1.
    double mostQuarantined() {
        return mostQuarantined;
    }

    /// Whether any rule speaks of single rows.
    boolean judgesRows() {
        return strictJson;
    }

    /// Judges a row, the bytes `[from, to)`.
    Row judge(byte[] bytes, int from, int to) {
        JsonValue value;
        try {
            value = StrictJson.read(bytes, from, to);
        } catch (Malformed e) {
            return new Row(String.valueOf(e.getMessage()), "");
        }
        if (!(value instanceof Members row)) {
            return new Row("expected a JSON object, came another value", "");
        }
        for (Map.Entry<String, Field> each : fields.entrySet()) {
            Optional<JsonValue> found = row.find(each.getKey());
            if (found.isEmpty() && each.getValue().required()) {
                return new Row("expected a field \"" + each.getKey() + "\", came none", "");
            }
            String problem = found.map(content -> problem(each.getKey(), each.getValue(), content))
                    .orElse("");
            if (!problem.isEmpty()) {
                return new Row(problem, "");
            }
        }
        if (!otherFields) {
            for (String name : row.values().keySet()) {
                if (!fields.containsKey(name)) {
                    return new Row("expected no field but those of the contract, came another", "");
                }
            }
        }
        return new Row("", label.isEmpty() ? "" : label(row.find(label)));
    }

    private static String label(Optional<JsonValue> value) {
        String label = value.map(each -> each instanceof JsonValue.Text(String text) ? text : CanonicalJson.text(each))
                .orElse("");
        if (label.length() <= LONGEST_LABEL) {
            return label;
        }
        boolean split = Character.isHighSurrogate(label.charAt(LONGEST_LABEL - 1));
        return label.substring(0, split ? LONGEST_LABEL - 1 : LONGEST_LABEL); // never half a character
    }

    private static String problem(String name, Field field, JsonValue value) {
        String type = switch (value) {
            case JsonValue.Text _ -> "string";
            case JsonValue.Whole _ -> "number";
            case JsonValue.Decimal _ -> "number";
            case JsonValue.Truth _ -> "boolean";
            case JsonValue.Nothing _ -> "null";
            case JsonValue.Elements _ -> "array";
            case JsonValue.Members _ -> "object";
        };
        if (!type.equals(field.type())) {
            return "expected a " + field.type() + " as \"" + name + "\", came a value of type " + type;
        }
        if (value instanceof JsonValue.Text(String text)) {
            if (text.length() > field.longest()) {
                return "expected at most " + field.longest() + " characters in \"" + name + "\", came " + text.length();
            }
            if (!field.oneOf().isEmpty() && !field.oneOf().contains(text)) {
                return "expected one of " + field.oneOf().size() + " values as \"" + name + "\", came another";
            }
        }
        return "";
    }
}
