package io.bezoar.bench.accuracy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// Sets of the shared data that the planter does not know, cut down to texts and labels.
enum FurtherSet {
    /// Queries to an assistant: 150 intents and what is none of them.
    CLINC150,
    /// Questions to customer support; many follow a template.
    BITEXT,
    /// Film reviews of one sentence, half for, half against.
    ROTTEN_TOMATOES,
    /// News with the labels of careless people: one in five is wrong.
    NOISY_AG_NEWS;

    private static final ObjectMapper JSON = new ObjectMapper();

    /// The name in lower case, words joined by `-`.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Takes one row.
    private interface Rows {
        void row(String text, String label) throws IOException;
    }

    /// Writes the set as JSON lines of `text` and `label`.
    Path write(Planting planting, Path file) throws IOException {
        Path data = planting.folder().resolve("data");
        try (JsonGenerator out = JSON.createGenerator(Files.newBufferedWriter(file))) {
            out.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
            Rows rows = (text, label) -> {
                out.writeStartObject();
                out.writeStringField("text", text);
                out.writeStringField("label", label);
                out.writeEndObject();
            };
            switch (this) {
                case CLINC150 -> {
                    try (BufferedReader in = open(data.resolve("clinc150/data_full.json.gz"), StandardCharsets.UTF_8)) {
                        JsonNode all = JSON.readTree(in);
                        for (String part : List.of("train", "val", "oos_train")) {
                            for (JsonNode row : all.get(part)) {
                                rows.row(row.get(0).asText(), row.get(1).asText());
                            }
                        }
                    }
                }
                case BITEXT ->
                    csv(
                            data.resolve("bitext-support/bitext_customer_support_v2023-08-18.csv.gz"),
                            "instruction",
                            "intent",
                            rows);
                case ROTTEN_TOMATOES -> {
                    for (String label : List.of("pos", "neg")) {
                        try (BufferedReader in = open(
                                data.resolve("rotten-tomatoes/rt-polarity." + label + ".gz"),
                                Charset.forName("windows-1252"))) {
                            for (String line : in.lines().toList()) {
                                rows.row(line, label);
                            }
                        }
                    }
                }
                case NOISY_AG_NEWS ->
                    csv(data.resolve("noisy-ag-news/samples10000valMed.csv.gz"), "text", "label", rows);
            }
        }
        return file;
    }

    private static void csv(Path file, String text, String label, Rows rows) throws IOException {
        try (CsvReader<NamedCsvRecord> in = CsvReader.builder().ofNamedCsvRecord(open(file, StandardCharsets.UTF_8))) {
            for (NamedCsvRecord record : in) {
                rows.row(record.getField(text), record.getField(label));
            }
        }
    }

    private static BufferedReader open(Path file, Charset charset) throws IOException {
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), charset));
    }
}
