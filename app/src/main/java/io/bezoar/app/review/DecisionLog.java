package io.bezoar.app.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bezoar.app.report.BrokenResult;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.ScanPlace;
import io.bezoar.core.Severity;
import io.bezoar.data.BadInput;
import io.bezoar.history.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The decisions in a file, one JSON object a line, each with the digest of the line before it, so that none can be
/// changed, moved or taken out of the middle unnoticed. Format: `docs/formats/decisions.md`.
///
/// A last line without its line feed, if it is the beginning of the next decision, is an append that was cut
/// off; it was never acknowledged, is not read, and is replaced by the next decision.
///
/// @param file where the log lies
/// @param decisions in order
/// @param digest of the last line, lower-case hex; of the empty text where there is none
public record DecisionLog(Path file, List<Decision> decisions, String digest) {
    /// Where the log lies unless somebody says otherwise: in the folder that people work in.
    public static final String USUAL = "bezoar-decisions.jsonl";

    /// Name and version of the format.
    public static final String SCHEMA = "bezoar.decision/1";

    /// How every log begins, of whatever version.
    private static final String BEGIN = "{\"schema\":\"bezoar.decision/";

    private static final long LARGEST = 256L << 20;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    public DecisionLog {
        decisions = List.copyOf(decisions);
    }

    /// Where the log lies that a verb is asked for: by default the one in the working folder, else the one where
    /// the scan ran.
    public static Path at(Path asked, ScanPlace scanned) {
        return scanned.beside(asked, Path.of(USUAL));
    }

    /// Reads a log; one that is not there is empty.
    ///
    /// @throws BrokenResult if a line does not follow from the one before it
    public static DecisionLog read(Path file) throws IOException {
        return of(file, bytes(file));
    }

    private static void regular(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new BadInput("expected the log of decisions at " + name(file)
                    + ", but that is no file; name another with --decisions");
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        regular(file);
        try {
            if (Files.size(file) > LARGEST) {
                throw new BrokenResult("expected at most 256 MiB of decisions in " + name(file) + ", found more");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            return new byte[0];
        }
    }

    private static DecisionLog of(Path file, byte[] bytes) {
        isLog(file, bytes);
        List<Decision> decisions = new ArrayList<>();
        String previous = digest(new byte[0]);
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                byte[] line = Arrays.copyOfRange(bytes, from, i);
                decisions.add(decision(file, line, decisions.size() + 1, previous));
                previous = digest(line);
                from = i + 1;
            }
        }
        ends(file, Arrays.copyOfRange(bytes, from, bytes.length), decisions.size() + 1, previous);
        return new DecisionLog(file, decisions, previous);
    }

    /// Makes sure that the bytes behind the last line are the beginning of the next decision, or none: whatever else
    /// they are, nobody may write over them.
    private static void ends(Path file, byte[] rest, int sequence, String previous) {
        byte[] begin = begin(sequence, previous).getBytes(StandardCharsets.UTF_8);
        int length = Math.min(rest.length, begin.length);
        if (!Arrays.equals(rest, 0, length, begin, 0, length)) {
            throw new BrokenResult("expected nothing but the beginning of decision " + sequence
                    + " behind the last line of " + name(file)
                    + ", came something else: the log was changed; restore it from a copy");
        }
    }

    /// Makes sure that a file is a log, be it a changed one, or the beginning of one.
    private static void isLog(Path file, byte[] bytes) {
        byte[] begin = BEGIN.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, begin.length);
        if (!Arrays.equals(bytes, 0, length, begin, 0, length)
                && !new String(bytes, StandardCharsets.ISO_8859_1).contains(BEGIN)) {
            throw new BadInput("expected a log of decisions at " + name(file)
                    + ", came a file that is none; name another with --decisions");
        }
    }

    private static String begin(int sequence, String previous) {
        return BEGIN + "1\",\"sequence\":" + sequence + ",\"previous\":\"" + previous + "\",\"time\":\"";
    }

    private static Decision decision(Path file, byte[] line, int sequence, String previous) {
        try {
            JsonNode json = MAPPER.readTree(line);
            if (!json.path("schema").asText().equals(SCHEMA)) {
                throw new IllegalArgumentException("it has not the schema " + SCHEMA);
            }
            if (!json.path("previous").asText().equals(previous)
                    || json.path("sequence").asLong() != sequence) {
                throw new IllegalArgumentException("it does not follow the line before it");
            }
            Decision decision = new Decision(
                    sequence,
                    Instant.parse(json.path("time").asText()),
                    json.path("reviewer").asText(),
                    new Decision.Subject(
                            json.has("campaign"),
                            json.path(json.has("campaign") ? "campaign" : "row").asText(),
                            constant(Severity.values(), json.path("severity").asText("low"))),
                    constant(Decision.Kind.values(), json.path("decision").asText()),
                    Optional.ofNullable(json.get("label")).map(JsonNode::asText),
                    Optional.ofNullable(json.get("undoes")).map(JsonNode::asLong),
                    json.path("reason").asText(),
                    json.path("dataSet").asText());
            if (!Arrays.equals(line, line(decision, previous))) {
                throw new IllegalArgumentException("it holds more, or stands otherwise, than a decision does");
            }
            return decision;
        } catch (IllegalArgumentException | DateTimeException | IOException e) {
            String why = e instanceof JsonProcessingException ? "it is no JSON" : String.valueOf(e.getMessage());
            throw new BrokenResult("expected decision " + sequence + " in line " + sequence + " of " + name(file)
                    + ", but " + SafeText.plain(why, 300) + ": the log was changed; restore it from a copy");
        }
    }

    private static <E extends Enum<E>> E constant(E[] constants, String word) {
        return Arrays.stream(constants)
                .filter(constant -> word(constant).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it says \"" + SafeText.plain(word, 40) + "\""));
    }

    /// The word for a constant in files and on the command line.
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// A decision before it is written: what the log adds is its place and time.
    @FunctionalInterface
    public interface Draft {
        /// @param log the log as it stands, which no one else can append to meanwhile
        Decision after(DecisionLog log);
    }

    /// Appends a decision and forces it to the disk; only then it is made. Others who append wait.
    ///
    /// @return the log with the decision
    public static DecisionLog append(Path file, Draft draft) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        regular(file); // a pipe would not even be opened
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock _ = lock(channel)) {
            byte[] before = bytes(file);
            DecisionLog log = of(file, before);
            Decision decision = draft.after(log);
            byte[] line = line(decision, log.digest);
            long end = complete(before);
            channel.truncate(end);
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
            bytes.put(line).put((byte) '\n').flip();
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
            channel.force(true);
            List<Decision> all = new ArrayList<>(log.decisions);
            all.add(decision);
            return new DecisionLog(file, all, digest(line));
        }
    }

    /// Waits for the log, also for other threads of this process, to whom Java refuses the lock at once.
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException _) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /// Length of the complete lines.
    private static int complete(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static byte[] line(Decision decision, String previous) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("schema", SCHEMA);
        json.put("sequence", decision.sequence());
        json.put("previous", previous);
        json.put("time", decision.time().toString());
        json.put("reviewer", decision.reviewer());
        json.put("decision", word(decision.kind()));
        json.put(
                decision.subject().campaign() ? "campaign" : "row",
                decision.subject().key());
        json.put("severity", word(decision.subject().severity()));
        decision.label().ifPresent(label -> json.put("label", label));
        decision.undoes().ifPresent(undone -> json.put("undoes", undone));
        json.put("reason", decision.reason());
        json.put("dataSet", decision.dataSet());
        try {
            return MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }

    private static String digest(byte[] bytes) {
        MessageDigest sha256 = Digest.sha256();
        return HexFormat.of().formatHex(sha256.digest(bytes));
    }

    private static String name(Path file) {
        return SafeText.plain(file.toString(), 200);
    }
}
