package io.bezoar.ledger.sign;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An in-toto statement, version 1: something is said, of a kind, about subjects that are known by their
/// digests.
///
/// @param subjects what it is about, at least one
/// @param predicateType the kind of what is said, a URI
/// @param predicate what is said
public record Statement(List<Subject> subjects, String predicateType, Members predicate) {
    private static final String TYPE = "https://in-toto.io/Statement/v1";

    /// What a statement is about.
    ///
    /// @param name for people; nothing is found by it
    /// @param digests by algorithm, lower-case hexadecimal; at least one
    public record Subject(String name, Map<String, String> digests) {
        public Subject {
            digests = Map.copyOf(digests);
            if (digests.isEmpty()) {
                throw new Malformed("expected a subject with a digest, came none");
            }
        }

        Members json() {
            JsonValue.Building all = new JsonValue.Building();
            new TreeMap<>(digests).forEach(all::with);
            return new JsonValue.Building()
                    .with("name", name)
                    .with("digest", all.done())
                    .done();
        }

        static Subject of(Members json) {
            Map<String, String> digests = new TreeMap<>();
            Members digest = json.members("digest");
            digest.values().keySet().forEach(algorithm -> digests.put(algorithm, digest.text(algorithm)));
            return new Subject(json.has("name") ? json.text("name") : "", digests);
        }
    }

    public Statement {
        subjects = List.copyOf(subjects);
        if (subjects.isEmpty()) {
            throw new Malformed("expected a statement about something, came one without a subject");
        }
    }

    /// The statement in an envelope signed by all these keys.
    public Envelope signed(Collection<SigningKey> keys) {
        return Envelope.signed(Envelope.IN_TOTO, bytes(), keys);
    }

    /// The statement as canonical JSON.
    public byte[] bytes() {
        return CanonicalJson.bytes(new JsonValue.Building()
                .with("_type", TYPE)
                .with(
                        "subject",
                        new JsonValue.Elements(subjects.stream()
                                .map(each -> (JsonValue) each.json())
                                .toList()))
                .with("predicateType", predicateType)
                .with("predicate", predicate)
                .done());
    }

    /// The statement in an envelope whose signatures have been verified. Type first, then the content.
    public static Statement read(Envelope envelope) {
        if (!envelope.payloadType().equals(Envelope.IN_TOTO)) {
            throw new Malformed("expected an in-toto statement in the envelope, came another type");
        }
        Members json = StrictJson.object(envelope.payload());
        if (!json.text("_type").equals(TYPE)) {
            throw new Malformed("expected a statement of type " + TYPE + ", came another");
        }
        return new Statement(
                json.objects("subject").stream().map(Subject::of).toList(),
                json.text("predicateType"),
                json.members("predicate"));
    }
}
