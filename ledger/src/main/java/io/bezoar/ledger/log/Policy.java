package io.bezoar.ledger.log;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Which witnesses must have seen a checkpoint (C2SP tlog-policy): lines `log KEY`, `witness NAME KEY`,
/// `group NAME all|any|K MEMBER…` and one `quorum NAME|none`.
public final class Policy {
    /// No witness is asked for.
    public static final Policy NONE = new Policy(List.of(), Map.of(), Map.of(), "none");

    private static final int MOST = 100;

    private final List<NamedKey> logs;
    private final Map<String, NamedKey> witnesses;
    private final Map<String, Group> groups;
    private final String quorum;

    private record Group(int needed, List<String> members) {}

    private Policy(List<NamedKey> logs, Map<String, NamedKey> witnesses, Map<String, Group> groups, String quorum) {
        this.logs = logs;
        this.witnesses = witnesses;
        this.groups = groups;
        this.quorum = quorum;
    }

    /// Reads the lines of a policy.
    public static Policy of(String text) {
        List<NamedKey> logs = new ArrayList<>();
        Map<String, NamedKey> witnesses = new LinkedHashMap<>();
        Map<String, Group> groups = new LinkedHashMap<>();
        Set<String> inGroups = new HashSet<>();
        String quorum = "";
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split("[ \t]+");
            if (line.isBlank() || words[0].startsWith("#")) {
                continue;
            }
            boolean known = words.length > 1 && (witnesses.containsKey(words[1]) || groups.containsKey(words[1]));
            switch (words[0]) {
                case "log" -> logs.add(NamedKey.of(words(words, 2)[1]));
                case "witness" -> {
                    NamedKey key = NamedKey.of(words(words, 3)[2]);
                    boolean twice = witnesses.values().stream()
                            .anyMatch(each -> each.key().equals(key.key()));
                    if (known || twice || words[1].equals("none") || key.type() != NamedKey.Type.COSIGNATURE) {
                        throw new Malformed("expected a witness with a name and a cosignature key of its own, came \""
                                + words[1] + "\"");
                    }
                    witnesses.put(words[1], key);
                }
                case "group" -> {
                    List<String> members = List.of(words).subList(Math.min(3, words.length), words.length);
                    int needed = words.length < 4 ? 0 : needed(words[2], members.size());
                    if (known || needed == 0 || words[1].equals("none")) {
                        throw new Malformed("expected \"group NAME all|any|K MEMBER...\", came another line");
                    }
                    for (String member : members) {
                        if (!(witnesses.containsKey(member) || groups.containsKey(member)) || !inGroups.add(member)) {
                            throw new Malformed("expected members of a group that are named above and in no other"
                                    + " group, came \"" + member + "\"");
                        }
                    }
                    groups.put(words[1], new Group(needed, members));
                }
                case "quorum" -> {
                    if (!quorum.isEmpty() || !(known || words(words, 2)[1].equals("none"))) {
                        throw new Malformed("expected one quorum, of a witness or group named above, came another");
                    }
                    quorum = words[1];
                }
                default -> throw new Malformed("expected log, witness, group or quorum, came \"" + words[0] + "\"");
            }
            if (witnesses.size() > MOST || groups.size() > MOST || logs.size() > MOST) {
                throw new Malformed("expected at most " + MOST + " logs, witnesses and groups, came more");
            }
        }
        if (quorum.isEmpty()) {
            throw new Malformed("expected a line \"quorum NAME\" in a policy, came none");
        }
        return new Policy(logs, witnesses, groups, quorum);
    }

    private static String[] words(String[] words, int count) {
        if (words.length != count) {
            throw new Malformed("expected " + count + " words in a line of a policy, came " + words.length);
        }
        return words;
    }

    private static int needed(String word, int members) {
        int needed = switch (word) {
            case "all" -> members;
            case "any" -> 1;
            default -> word.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(word) : 0;
        };
        return needed <= members ? needed : 0;
    }

    /// The logs that are named.
    public List<NamedKey> logs() {
        return List.copyOf(logs);
    }

    public List<NamedKey> witnesses() {
        return List.copyOf(witnesses.values());
    }

    /// When the last witness needed cosigned, in seconds since 1970; empty if none is asked for.
    ///
    /// @throws Malformed if too few have, or a witness's line is wrong
    public OptionalLong satisfied(Note note) {
        if (quorum.equals("none")) {
            return OptionalLong.empty();
        }
        Map<String, OptionalLong> times = new HashMap<>();
        witnesses.forEach((name, key) -> times.put(name, note.signedBy(key)));
        groups.forEach((name, group) -> {
            List<Long> signed = group.members().stream()
                    .map(times::get)
                    .filter(time -> time != null && time.isPresent())
                    .map(OptionalLong::getAsLong)
                    .sorted()
                    .toList();
            times.put(
                    name,
                    signed.size() < group.needed()
                            ? OptionalLong.empty()
                            : OptionalLong.of(signed.get(group.needed() - 1)));
        });
        OptionalLong time = times.getOrDefault(quorum, OptionalLong.empty());
        if (time.isEmpty()) {
            throw new Malformed("expected cosignatures of the quorum \"" + quorum + "\" on a checkpoint, came too few");
        }
        return time;
    }
}
