package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// JSON as all files here write and read it: strings keep every character, and each one that would not show is written
/// as a `u` escape, as are all surrogates; two spaces of indentation, line feeds on every system.
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(16_000_000)
                    .maxNameLength(10_000)
                    .maxNumberLength(100)
                    .build())
            .build();

    static {
        FACTORY.setCharacterEscapes(new Escapes());
    }

    private Json() {}

    /// Reads and writes; bounded against hostile nesting, numbers and names.
    public static JsonFactory factory() {
        return FACTORY;
    }

    /// What is written to a generator.
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /// Writes one indented object and a line feed; `out` stays open.
    public static void write(OutputStream out, Content content) throws IOException {
        // a generator of bytes refuses lone surrogates before it asks for escapes; one of characters does not
        Writer writer = new BufferedWriter(new OutputStreamWriter(new Open(out), StandardCharsets.UTF_8));
        JsonGenerator json = FACTORY.createGenerator(writer);
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withRootSeparator(""));
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        json.setPrettyPrinter(printer);
        content.write(json);
        json.flush();
        writer.write('\n');
        writer.flush();
    }

    /// Writes one object on a line of its own; `out` stays open.
    public static void line(OutputStream out, Content content) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(new Open(out), StandardCharsets.UTF_8));
        JsonGenerator json = FACTORY.createGenerator(writer);
        content.write(json);
        json.flush();
        writer.write('\n');
        writer.flush();
    }

    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private final int[] ascii = standardAsciiEscapesForJSON();

        Escapes() {
            ascii[0x7f] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            // one UTF-16 code unit at a time: whether a surrogate shows cannot be known, so none is written raw
            return Character.isSurrogate((char) c) || Invisible.is(c)
                    ? new SerializedString("\\u" + HEX.toHexDigits((char) c))
                    : null;
        }
    }
}
