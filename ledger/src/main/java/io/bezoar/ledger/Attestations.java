package io.bezoar.ledger;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.sign.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Statements about data sets and models: of other people's kinds where there is one (SLSA provenance of a
/// transform, SLSA verification summary of a gate), else of our own (a scan, a review, an evaluation).
public final class Attestations {
    /// SLSA build provenance, version 1.
    public static final String PROVENANCE = "https://slsa.dev/provenance/v1";

    /// SLSA verification summary, version 1.
    public static final String SUMMARY = "https://slsa.dev/verification_summary/v1";

    /// The transforms of Bezoar, followed by the verb.
    public static final String BUILD_TYPE = "https://bezoar.io/transforms/v1/";

    /// What Bezoar did besides transforms and gates, followed by `scan`, `review` or `evaluation` and `/v1`.
    public static final String ACTIVITY = "https://bezoar.io/attestations/";

    private static final String SCAN = ACTIVITY + "scan/v1";

    private static final String BUILDER = "https://bezoar.io/builders/command-line/v1";

    private Attestations() {}

    /// What a transform read: a batch, a file, anything with a digest.
    ///
    /// @param name for people; of a batch `stream/sequence`
    /// @param digests by algorithm
    public record Material(String name, Map<String, String> digests) {
        public Material {
            digests = Map.copyOf(digests);
        }

        /// The rows of a batch.
        public static Material of(Batch batch) {
            return new Material(
                    batch.manifest().name(),
                    Map.of(Manifest.ROOT, batch.manifest().root().hex()));
        }

        private JsonValue json() {
            JsonValue.Building all = new JsonValue.Building();
            new java.util.TreeMap<>(digests).forEach(all::with);
            return new JsonValue.Building()
                    .with("name", name)
                    .with("digest", all.done())
                    .done();
        }
    }

    /// The provenance of a data set that a verb wrote from others.
    ///
    /// @param written what came out, by digest
    /// @param verb that did it: `apply`, `drop`
    /// @param parameters what decides the result besides the materials
    /// @param version of Bezoar
    public static Statement provenance(
            List<Statement.Subject> written,
            String verb,
            Members parameters,
            List<Material> materials,
            String version,
            Instant started,
            Instant finished) {
        Members definition = new JsonValue.Building()
                .with("buildType", BUILD_TYPE + verb)
                .with("externalParameters", parameters)
                .with(
                        "resolvedDependencies",
                        new JsonValue.Elements(
                                materials.stream().map(Material::json).toList()))
                .done();
        Members details = new JsonValue.Building()
                .with(
                        "builder",
                        new JsonValue.Building()
                                .with("id", BUILDER)
                                .with(
                                        "version",
                                        new JsonValue.Building()
                                                .with("bezoar", version)
                                                .done())
                                .done())
                .with(
                        "metadata",
                        new JsonValue.Building()
                                .with("startedOn", Manifest.time(started))
                                .with("finishedOn", Manifest.time(finished))
                                .done())
                .done();
        return new Statement(
                written,
                PROVENANCE,
                new JsonValue.Building()
                        .with("buildDefinition", definition)
                        .with("runDetails", details)
                        .done());
    }

    /// That a gate was passed or not.
    ///
    /// @param resource what was judged, a URI
    /// @param policy URI of the policy
    /// @param policyDigest its SHA-256
    /// @param levels words of our own for what was reached; none begins with `SLSA_`
    public static Statement summary(
            List<Statement.Subject> judged,
            String resource,
            String policy,
            String policyDigest,
            boolean passed,
            List<String> levels,
            Instant verified) {
        if (levels.stream().anyMatch(level -> level.startsWith("SLSA_"))) {
            throw new Malformed("expected levels of our own, came one that begins with SLSA_");
        }
        return new Statement(
                judged,
                SUMMARY,
                new JsonValue.Building()
                        .with(
                                "verifier",
                                new JsonValue.Building().with("id", BUILDER).done())
                        .with("timeVerified", Manifest.time(verified))
                        .with("resourceUri", resource)
                        .with(
                                "policy",
                                new JsonValue.Building()
                                        .with("uri", policy)
                                        .with(
                                                "digest",
                                                new JsonValue.Building()
                                                        .with("sha256", policyDigest)
                                                        .done())
                                        .done())
                        .with("verificationResult", passed ? "PASSED" : "FAILED")
                        .with("verifiedLevels", JsonValue.texts(levels))
                        .done());
    }

    /// That a verb was run on something.
    ///
    /// @param about what was scanned, reviewed or evaluated
    /// @param activity `scan`, `review` or `evaluation`
    /// @param said what came out, and the digests of what was used
    /// @param version of Bezoar
    public static Statement activity(
            List<Statement.Subject> about,
            String activity,
            Members said,
            String version,
            Instant started,
            Instant finished) {
        JsonValue.Building predicate = new JsonValue.Building();
        said.values().forEach(predicate::with);
        return new Statement(
                about,
                ACTIVITY + activity + "/v1",
                predicate
                        .with("version", version)
                        .with("startedAt", Manifest.time(started))
                        .with("finishedAt", Manifest.time(finished))
                        .done());
    }

    /// Does a statement say in which files rows of batches were found?
    static boolean finds(Statement statement) {
        return statement.predicateType().equals(SCAN);
    }
}
