package io.bezoar.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormTest {
    private static final Form TICKET = Form.of("""
        {"type": "object", "required": ["intent", "sure"], "additionalProperties": false,
         "properties": {"intent": {"enum": ["card", "loan"]}, "sure": {"type": "number", "minimum": 0, "maximum": 1},
                        "code": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]+$"}, "next": {"$ref": "#"}},
         "patternProperties": {"^x-": {"type": "string"}}}
        """);

    @Test
    void whatFitsIsRight() {
        assertTrue(TICKET.fits("{\"intent\":\"card\",\"sure\":0.5}"));
        assertTrue(TICKET.fits(" {\"sure\":1,\"intent\":\"loan\",\"code\":\"AB-12\",\"x-note\":\"late\"}\n"));
        assertTrue(TICKET.fits("{\"intent\":\"card\",\"sure\":0,\"next\":{\"intent\":\"loan\",\"sure\":1}}"));
    }

    @Test
    void whatDoesNotFitIsWrong() {
        for (String answer : List.of(
                "",
                "card",
                "null",
                "[]",
                "{\"intent\":\"card\"}",
                "{\"intent\":\"card\",\"sure\":2}",
                "{\"intent\":\"card\",\"sure\":\"1\"}",
                "{\"intent\":\"card\",\"sure\":1,\"code\":\"ab-1\"}",
                "{\"intent\":\"card\",\"sure\":1,\"more\":1}",
                "{\"intent\":\"card\",\"sure\":1,\"x-note\":1}",
                "{\"intent\":\"card\",\"sure\":1,\"next\":{\"intent\":\"card\"}}",
                "{\"intent\":\"card\",\"sure\":1,\"sure\":0}",
                "{\"intent\":\"card\",\"sure\":1} and more")) {
            assertFalse(TICKET.fits(answer), answer);
        }
    }

    /// Answers that would cost a careless validator its memory, its stack or an hour.
    @Test
    void hostileAnswersAreWrongAtOnce() {
        Form number = Form.of("{\"multipleOf\": 3}");
        Form word = Form.of("{\"type\": \"string\", \"pattern\": \"^(a+)+$\"}");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertFalse(number.fits("1e1000000000"));
            assertFalse(number.fits("-1e999999999"));
            assertFalse(number.fits("9".repeat(100_000)));
            assertFalse(TICKET.fits("[".repeat(100_000)));
            assertFalse(TICKET.fits("{\"next\":".repeat(60) + "1" + "}".repeat(60)));
            assertFalse(word.fits("\"" + "a".repeat(50_000) + "!\""));
            assertFalse(TICKET.fits("\"" + "x".repeat(2 << 20) + "\""));
        });
        assertTrue(number.fits("9"));
        assertTrue(word.fits("\"aaaa\""));
    }

    @Test
    void nothingOutsideOfASchemaIsEverAskedFor() {
        for (String to : List.of(
                "http://127.0.0.1:1/schema.json",
                "https://example.org/x",
                "file:///etc/passwd",
                "other.json",
                "//host/x",
                "#/$defs/none",
                "#none")) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> Form.of("{\"properties\":{\"a\":{\"$ref\":\"" + to + "\"}},\"$defs\":{\"one\":{}}}"));
            assertEquals(
                    "expected references within the schema, came “" + to
                            + "”; nothing is fetched: copy what it means into $defs",
                    refused.getMessage());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> Form.of("{\"$schema\":\"http://127.0.0.1:1/meta.json\",\"type\":\"object\"}"));
        assertTrue(Form.of("{\"$ref\":\"#/$defs/one\",\"$defs\":{\"one\":{\"type\":\"null\"}}}")
                .fits("null"));
        assertTrue(Form.of("{\"$ref\":\"#a\",\"$defs\":{\"one\":{\"$anchor\":\"a\",\"type\":\"null\"}}}")
                .fits("null"));
    }

    @Test
    void whatIsNoSchemaIsRefused() {
        for (String schema : List.of(
                "",
                "[]",
                "3",
                "{",
                "{\"type\":\"strnig\"}",
                "{\"pattern\":\"(\"}",
                "{\"pattern\":\"(a)\\\\1\"}",
                "{\"required\":1}")) {
            assertTrue(
                    assertThrows(IllegalArgumentException.class, () -> Form.of(schema), schema)
                            .getMessage()
                            .startsWith("expected a JSON schema, came "),
                    schema);
        }
    }

    /// References that lead back, and references that multiply.
    @Test
    void aSchemaWithoutEndIsRefused() {
        StringBuilder doubling = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 40; i++) {
            String next = "{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
            doubling.append("\"d" + i + "\":{\"allOf\":[" + next + "," + next + "]},");
        }
        doubling.append("\"d40\":{}}}");
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String schema : List.of("{\"$ref\":\"#\"}", doubling.toString())) {
                assertEquals(
                        "expected a JSON schema, came one without end",
                        assertThrows(IllegalArgumentException.class, () -> Form.of(schema))
                                .getMessage());
            }
        });
    }
}
