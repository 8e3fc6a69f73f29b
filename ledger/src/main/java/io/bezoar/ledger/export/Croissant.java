package io.bezoar.ledger.export;

import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Files of a data set as Croissant 1.1 metadata (MLCommons): each with its digest, the batches its rows came with
/// (`prov:wasDerivedFrom`) and their streams (`prov:wasAttributedTo`).
public final class Croissant {
    private static final Map<String, String> FORMATS = Map.of(
            "jsonl", "application/jsonlines",
            "json", "application/json",
            "csv", "text/csv",
            "tsv", "text/tab-separated-values",
            "parquet", "application/vnd.apache.parquet",
            "gz", "application/gzip",
            "zst", "application/zstd");

    private Croissant() {}

    /// A file of the data set.
    ///
    /// @param name relative to the data set's folder
    /// @param rows how many it has
    /// @param batches how many of them came with which batch
    public record DataFile(String name, long bytes, String sha256, long rows, SortedMap<String, Long> batches) {}

    /// What the ledger does not know.
    ///
    /// @param description for people
    /// @param url where the data set is at home
    /// @param creator who made it
    public record Publication(String description, String url, String creator) {}

    /// The metadata.
    public static Members of(Ledger ledger, List<DataFile> files, Publication publication) {
        List<String> licences = ledger.history().batches().stream()
                .filter(batch -> files.stream()
                        .anyMatch(file ->
                                file.batches().containsKey(batch.manifest().name())))
                .map(batch -> batch.manifest().source().text("licence"))
                .filter(licence -> !licence.isEmpty())
                .distinct()
                .sorted()
                .toList();
        List<JsonValue> distribution = new ArrayList<>();
        for (DataFile file : files) {
            distribution.add(file(ledger, file));
        }
        return new JsonValue.Building()
                .with("@context", context())
                .with("@type", "sc:Dataset")
                .with("dct:conformsTo", "http://mlcommons.org/croissant/1.1")
                .with("name", ledger.charter().corpus())
                .with("description", publication.description())
                .with("license", JsonValue.texts(licences.isEmpty() ? List.of("NOASSERTION") : licences))
                .with("url", publication.url())
                .with(
                        "creator",
                        new JsonValue.Building()
                                .with("@type", "sc:Organization")
                                .with("name", publication.creator())
                                .done())
                .with("datePublished", Transform.time(ledger.history().latest()).substring(0, 10))
                .with("version", "1.0.0+" + ledger.log().size())
                .with("isLiveDataset", new JsonValue.Truth(false))
                .with(
                        "prov:wasGeneratedBy",
                        new JsonValue.Building()
                                .with("@type", "prov:Activity")
                                .with(
                                        "prov:label",
                                        "ledger " + ledger.charter().log().text())
                                .with(
                                        "prov:value",
                                        "checkpoint of " + ledger.log().size() + " entries, root "
                                                + ledger.log()
                                                        .checkpoint()
                                                        .root()
                                                        .hex())
                                .done())
                .with("distribution", new JsonValue.Elements(distribution))
                .done();
    }

    private static Members context() {
        return new JsonValue.Building()
                .with("@language", "en")
                .with("@vocab", "https://schema.org/")
                .with("sc", "https://schema.org/")
                .with("cr", "http://mlcommons.org/croissant/")
                .with("dct", "http://purl.org/dc/terms/")
                .with("prov", "http://www.w3.org/ns/prov#")
                .with("conformsTo", "dct:conformsTo")
                .with("isLiveDataset", "cr:isLiveDataset")
                .done();
    }

    private static Members file(Ledger ledger, DataFile file) {
        List<JsonValue> derived = new ArrayList<>();
        List<String> streams = new ArrayList<>();
        for (Batch batch : ledger.history().batches()) {
            String name = batch.manifest().name();
            if (file.batches().containsKey(name)) {
                derived.add(new JsonValue.Building()
                        .with("@type", "prov:Entity")
                        .with(
                                "@id",
                                "urn:bezoar:manifest:sha256:" + batch.digest().hex())
                        .with("prov:label", name + ", " + file.batches().get(name) + " rows")
                        .done());
                if (!streams.contains(batch.manifest().stream())) {
                    streams.add(batch.manifest().stream());
                }
            }
        }
        String ending = file.name().substring(file.name().lastIndexOf('.') + 1);
        JsonValue.Building all = new JsonValue.Building()
                .with("@type", "cr:FileObject")
                .with("@id", file.name())
                .with("name", file.name())
                .with("description", file.rows() + " rows")
                .with("contentUrl", file.name())
                .with("contentSize", file.bytes() + " B")
                .with("encodingFormat", FORMATS.getOrDefault(ending, "text/plain"))
                .with("sha256", file.sha256());
        if (!derived.isEmpty()) {
            all.with("prov:wasDerivedFrom", new JsonValue.Elements(derived))
                    .with(
                            "prov:wasAttributedTo",
                            new JsonValue.Elements(streams.stream()
                                    .map(stream -> (JsonValue) new JsonValue.Building()
                                            .with("@type", "prov:Agent")
                                            .with("prov:label", stream)
                                            .done())
                                    .toList()));
        }
        return all.done();
    }
}
