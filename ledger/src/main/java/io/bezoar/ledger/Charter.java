package io.bezoar.ledger;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.log.Policy;
import io.bezoar.ledger.sign.Envelope;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.PublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Who may do what in a ledger: what The Update Framework calls the root. Each version is signed by enough
/// administrators of the version before it and of its own.
///
/// @param corpus name of the data set
/// @param version from 1
/// @param createdAt when, by an administrator's clock
/// @param expiresAt after it no batch may be taken in until there is a new version
/// @param log key of the log, whose name is the log's origin
/// @param policy which witnesses must cosign, see [Policy]
/// @param keys all keys, by name; no key has two names
/// @param administrators who may write the next version
/// @param streams by name
/// @param revoked since when a key may have been in wrong hands, by name
public record Charter(
        String corpus,
        long version,
        Instant createdAt,
        Instant expiresAt,
        NamedKey log,
        String policy,
        Map<String, NamedKey> keys,
        Signers administrators,
        Map<String, Stream> streams,
        Map<String, Instant> revoked) {
    /// The media type of its envelope.
    static final String TYPE = "application/vnd.bezoar.charter+json";

    private static final String FORMAT = "bezoar.charter/1";

    /// Some keys of which a number must sign.
    ///
    /// @param threshold how many, from 1
    /// @param names of the keys
    public record Signers(int threshold, Set<String> names) {
        public Signers {
            names = Set.copyOf(names);
            if (names.isEmpty()) {
                throw new Malformed("expected the key of at least one who signs, came none");
            }
            if (threshold < 1 || threshold > names.size()) {
                throw new Malformed(
                        "expected a threshold from 1 to the number of keys, " + names.size() + ", came " + threshold);
            }
        }
    }

    /// A stream and its rules.
    ///
    /// @param source where the rows come from
    /// @param writers who signs batches
    /// @param reviewers of whom one other than the author must sign, too; empty if nobody has to
    /// @param contract what rows must be
    public record Stream(Source source, Signers writers, Set<String> reviewers, Contract contract) {
        public Stream {
            reviewers = Set.copyOf(reviewers);
        }
    }

    public Charter {
        Source.checkName(corpus);
        keys = Map.copyOf(keys);
        streams = Map.copyOf(streams);
        revoked = Map.copyOf(revoked);
        Set<PublicKey> once = new HashSet<>();
        keys.forEach((name, key) -> {
            if (!key.name().equals(name) || key.type() != NamedKey.Type.SIGNATURE || !once.add(key.key())) {
                throw new Malformed("expected keys that sign, each under one name, came \"" + name + "\"");
            }
        });
        Set<String> asked = new HashSet<>(administrators.names());
        streams.values().forEach(stream -> {
            asked.addAll(stream.writers().names());
            asked.addAll(stream.reviewers());
        });
        for (String name : asked) {
            if (!keys.containsKey(name) || revoked.containsKey(name)) {
                throw new Malformed("expected a known key that is not revoked, came \"" + name + "\"");
            }
        }
        policy(policy);
    }

    private static Policy policy(String text) {
        return text.isEmpty() ? Policy.NONE : Policy.of(text);
    }

    /// The witnesses' policy.
    public Policy witnesses() {
        return policy(policy);
    }

    /// The keys of these names.
    List<PublicKey> keys(Collection<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(keys.get(name)).stream())
                .map(NamedKey::key)
                .toList();
    }

    /// The stream of that name.
    public Optional<Stream> stream(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /// Have enough administrators of this version signed?
    boolean signed(Envelope envelope) {
        return envelope.signedBy(keys(administrators.names())).size() >= administrators.threshold();
    }

    /// Reads [#bytes] from an envelope that has been verified, or is verified with what comes out.
    static Charter of(Envelope envelope) {
        if (!envelope.payloadType().equals(TYPE)) {
            throw new Malformed("expected a charter in the envelope, came another type");
        }
        Members json = StrictJson.object(envelope.payload());
        if (!json.text("charter").equals(FORMAT)) {
            throw new Malformed("expected a charter " + FORMAT + ", came another version");
        }
        Map<String, NamedKey> keys = new LinkedHashMap<>();
        for (String text : json.texts("keys")) {
            NamedKey key = NamedKey.of(text);
            if (keys.put(key.name(), key) != null) {
                throw new Malformed("expected one key a name, came two of \"" + key.name() + "\"");
            }
        }
        Map<String, Stream> streams = new LinkedHashMap<>();
        Members all = json.members("streams");
        all.values().keySet().forEach(name -> streams.put(name, stream(name, all.members(name))));
        Map<String, Instant> revoked = new LinkedHashMap<>();
        Members since = json.members("revoked");
        since.values().keySet().forEach(name -> revoked.put(name, Manifest.time(since, name)));
        return new Charter(
                json.text("corpus"),
                json.whole("version"),
                Manifest.time(json, "createdAt"),
                Manifest.time(json, "expiresAt"),
                NamedKey.of(json.text("log")),
                json.text("policy"),
                keys,
                signers(json.members("administrators")),
                streams,
                revoked);
    }

    private static Signers signers(Members json) {
        return new Signers((int) Math.min(1000, json.whole("threshold")), new HashSet<>(json.texts("names")));
    }

    private static Stream stream(String name, Members json) {
        return new Stream(
                new Source(name, Source.Kind.of(json.text("kind")), json.text("licence")),
                signers(json.members("writers")),
                new HashSet<>(json.texts("reviewers")),
                Contract.of(json.members("contract")));
    }

    private static Members json(Signers signers) {
        return new JsonValue.Building()
                .with("threshold", signers.threshold())
                .with("names", JsonValue.texts(signers.names().stream().sorted().toList()))
                .done();
    }

    /// The charter as canonical JSON, for those who want to read it.
    public byte[] json() {
        return bytes();
    }

    /// The charter as canonical JSON.
    byte[] bytes() {
        JsonValue.Building all = new JsonValue.Building();
        streams.forEach((name, stream) -> all.with(
                name,
                new JsonValue.Building()
                        .with("kind", stream.source().kind().word())
                        .with("licence", stream.source().licence())
                        .with("writers", json(stream.writers()))
                        .with(
                                "reviewers",
                                JsonValue.texts(
                                        stream.reviewers().stream().sorted().toList()))
                        .with("contract", stream.contract().json())
                        .done()));
        JsonValue.Building since = new JsonValue.Building();
        revoked.forEach((name, time) -> since.with(name, Manifest.time(time)));
        return CanonicalJson.bytes(new JsonValue.Building()
                .with("charter", FORMAT)
                .with("corpus", corpus)
                .with("version", version)
                .with("createdAt", Manifest.time(createdAt))
                .with("expiresAt", Manifest.time(expiresAt))
                .with("log", log.text())
                .with("policy", policy)
                .with(
                        "keys",
                        JsonValue.texts(keys.values().stream()
                                .map(NamedKey::text)
                                .sorted()
                                .toList()))
                .with("administrators", json(administrators))
                .with("streams", all.done())
                .with("revoked", since.done())
                .done());
    }

    /// The next version: the same until something is changed.
    Next next(Instant now, Instant expires) {
        return new Next(this, now, expires);
    }

    /// A version under construction. Owned by one thread.
    public static final class Next {
        private final Charter before;
        private final Instant now;
        private final Instant expires;
        private final Map<String, NamedKey> keys;
        private final Map<String, Stream> streams;
        private final Map<String, Instant> revoked;
        private Signers administrators;
        private String policy;

        private Next(Charter before, Instant now, Instant expires) {
            this.before = before;
            this.now = now;
            this.expires = expires;
            keys = new TreeMap<>(before.keys);
            streams = new TreeMap<>(before.streams);
            revoked = new TreeMap<>(before.revoked);
            administrators = before.administrators;
            policy = before.policy;
        }

        /// Makes a key known.
        public Next key(NamedKey key) {
            if (!keys.getOrDefault(key.name(), key).equals(key)) {
                throw new Malformed("expected a new name for a new key, came \"" + key.name() + "\", which has one");
            }
            keys.put(key.name(), key);
            return this;
        }

        public Next administrators(Signers signers) {
            administrators = signers;
            return this;
        }

        /// Sets the rules of a stream.
        public Next stream(Stream stream) {
            streams.put(stream.source().stream(), stream);
            return this;
        }

        public Next policy(String text) {
            policy = text;
            return this;
        }

        /// Takes all rights from a key. No threshold shrinks by it: where too few would be left,
        /// somebody has to be let in, or the threshold lowered, before. A stream that loses its last
        /// writer or reviewer goes.
        public Next revoke(String name, Instant since) {
            if (!keys.containsKey(name)) {
                throw new Malformed("expected the name of a key, came \"" + name + "\", which is none");
            }
            revoked.put(name, since);
            administrators = without(administrators, name, "administrators", "keys admin")
                    .orElseThrow(() -> new Malformed(
                            "expected another administrator besides \"" + name + "\", came none; add one first"));
            for (Stream stream : List.copyOf(streams.values())) {
                Set<String> reviewers = new HashSet<>(stream.reviewers());
                boolean reviewed = reviewers.remove(name);
                String named = stream.source().stream();
                Optional<Signers> writers =
                        without(stream.writers(), name, "writers of \"" + named + "\"", "keys allow --stream " + named);
                if (writers.isEmpty() || (reviewed && reviewers.isEmpty())) {
                    streams.remove(named);
                } else {
                    stream(new Stream(stream.source(), writers.get(), reviewers, stream.contract()));
                }
            }
            return this;
        }

        /// @param role what they are, in words
        /// @param verb that lets others in, and sets how many must sign
        private static Optional<Signers> without(Signers signers, String name, String role, String verb) {
            Set<String> names = new HashSet<>(signers.names());
            names.remove(name);
            if (!names.isEmpty() && names.size() < signers.threshold()) {
                throw new Malformed("expected " + signers.threshold() + " " + role + " besides \"" + name
                        + "\", for as many must sign, came " + names.size() + "; let another in or lower the threshold"
                        + " first, with bezoar ledger " + verb);
            }
            return names.isEmpty() ? Optional.empty() : Optional.of(new Signers(signers.threshold(), names));
        }

        Charter done() {
            return new Charter(
                    before.corpus,
                    before.version + 1,
                    now,
                    expires,
                    before.log,
                    policy,
                    keys,
                    administrators,
                    streams,
                    revoked);
        }
    }
}
