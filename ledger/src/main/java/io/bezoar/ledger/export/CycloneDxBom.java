package io.bezoar.ledger.export;

import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Manifest;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A ledger as a CycloneDX 1.6 bill of materials: batches and files as components of type `data`, trained models as
/// `machine-learning-model` whose card names their data sets, and what was made of what as
/// dependencies. Batches that were taken out stay, and say so.
public final class CycloneDxBom {
    private CycloneDxBom() {}

    /// The bill.
    ///
    /// @param version of Bezoar
    public static Members of(Ledger ledger, String version) {
        List<Transform> transforms = Transform.of(ledger.history());
        Map<String, Members> components = new LinkedHashMap<>();
        Set<String> withdrawn = ledger.history().withdrawn();
        for (Batch batch : ledger.history().batches()) {
            String key = "batch:" + batch.manifest().name();
            components.put(
                    key, batch(key, batch, withdrawn.contains(batch.manifest().name())));
        }
        Map<String, Set<String>> uses = new LinkedHashMap<>();
        for (Transform transform : transforms) {
            transform.read().stream()
                    .filter(item -> !item.sha256().isEmpty())
                    .forEach(item -> components.putIfAbsent(item.key(), file(item)));
            for (Transform.Item item : transform.written()) {
                Set<String> used = uses.computeIfAbsent(item.key(), _ -> new LinkedHashSet<>());
                transform.read().stream()
                        .map(Transform.Item::key)
                        .filter(key -> components.containsKey(key) && !key.equals(item.key()))
                        .forEach(used::add);
                components.put(item.key(), transform.verb().equals("train") ? model(item, used) : file(item));
            }
        }
        List<JsonValue> dependencies = new ArrayList<>();
        uses.forEach((ref, used) -> dependencies.add(new JsonValue.Building()
                .with("ref", ref)
                .with("dependsOn", JsonValue.texts(List.copyOf(used)))
                .done()));
        String corpus = ledger.charter().corpus();
        String seed = ledger.charter().log().text() + "\n"
                + ledger.log().checkpoint().root().hex();
        return new JsonValue.Building()
                .with("bomFormat", "CycloneDX")
                .with("specVersion", "1.6")
                .with("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)))
                .with("version", 1)
                .with(
                        "metadata",
                        new JsonValue.Building()
                                .with(
                                        "timestamp",
                                        Transform.time(ledger.history().latest()))
                                .with("tools", tools(version))
                                .with(
                                        "component",
                                        new JsonValue.Building()
                                                .with("type", "data")
                                                .with("bom-ref", "corpus:" + corpus)
                                                .with("name", corpus)
                                                .with(
                                                        "properties",
                                                        properties(Map.of(
                                                                "bezoar:log",
                                                                ledger.charter()
                                                                        .log()
                                                                        .text(),
                                                                "bezoar:logRoot",
                                                                ledger.log()
                                                                        .checkpoint()
                                                                        .root()
                                                                        .hex(),
                                                                "bezoar:logSize",
                                                                Long.toString(ledger.log()
                                                                        .size()))))
                                                .done())
                                .done())
                .with("components", new JsonValue.Elements(List.copyOf(components.values())))
                .with("dependencies", new JsonValue.Elements(dependencies))
                .done();
    }

    private static Members tools(String version) {
        Members bezoar = new JsonValue.Building()
                .with("type", "application")
                .with("name", "bezoar")
                .with("version", version)
                .done();
        return new JsonValue.Building()
                .with("components", new JsonValue.Elements(List.of(bezoar)))
                .done();
    }

    private static Members batch(String key, Batch batch, boolean withdrawn) {
        Manifest manifest = batch.manifest();
        String licence = manifest.source().text("licence");
        Members owner = new JsonValue.Building()
                .with(
                        "contact",
                        new JsonValue.Building().with("name", manifest.author()).done())
                .done();
        Members data = new JsonValue.Building()
                .with("type", "dataset")
                .with("name", manifest.name())
                .with("classification", manifest.source().text("kind"))
                .with(
                        "governance",
                        new JsonValue.Building()
                                .with("owners", new JsonValue.Elements(List.of(owner)))
                                .done())
                .done();
        JsonValue.Building component = new JsonValue.Building()
                .with("type", "data")
                .with("bom-ref", key)
                .with("name", manifest.name())
                .with("data", new JsonValue.Elements(List.of(data)))
                .with(
                        "properties",
                        properties(Map.of(
                                "bezoar:rows", Long.toString(manifest.rows()),
                                "bezoar:rowsRoot", manifest.root().hex(),
                                "bezoar:manifest", batch.digest().hex(),
                                "bezoar:withdrawn", Boolean.toString(withdrawn))));
        if (!licence.isEmpty()) {
            Members named = new JsonValue.Building()
                    .with(
                            "license",
                            new JsonValue.Building().with("name", licence).done())
                    .done();
            component.with("licenses", new JsonValue.Elements(List.of(named)));
        }
        return component.done();
    }

    private static Members file(Transform.Item item) {
        Members data = new JsonValue.Building()
                .with("type", "dataset")
                .with("name", item.name())
                .done();
        return named("data", item)
                .with("data", new JsonValue.Elements(List.of(data)))
                .done();
    }

    private static Members model(Transform.Item item, Set<String> used) {
        List<JsonValue> sets = used.stream()
                .map(ref ->
                        (JsonValue) new JsonValue.Building().with("ref", ref).done())
                .toList();
        return named("machine-learning-model", item)
                .with(
                        "modelCard",
                        new JsonValue.Building()
                                .with(
                                        "modelParameters",
                                        new JsonValue.Building()
                                                .with("datasets", new JsonValue.Elements(sets))
                                                .done())
                                .done())
                .done();
    }

    private static JsonValue.Building named(String type, Transform.Item item) {
        JsonValue.Building component = new JsonValue.Building()
                .with("type", type)
                .with("bom-ref", item.key())
                .with("name", item.name());
        if (!item.sha256().isEmpty()) {
            Members hash = new JsonValue.Building()
                    .with("alg", "SHA-256")
                    .with("content", item.sha256())
                    .done();
            component.with("hashes", new JsonValue.Elements(List.of(hash)));
        }
        return component;
    }

    private static JsonValue properties(Map<String, String> values) {
        return new JsonValue.Elements(values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> (JsonValue) new JsonValue.Building()
                        .with("name", each.getKey())
                        .with("value", each.getValue())
                        .done())
                .toList());
    }
}
