package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whatever the bytes of a file of columns: nothing is thrown but [BadInput], reading ends, and two readings are equal.
class ParquetFuzzTest {
    private static final ReadSettings SMALL =
            ReadSettings.DEFAULT.withRowBytes(512).withUnpacked(1 << 20, 200);

    @FuzzTest(maxDuration = "30s")
    void columns(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("bezoar-fuzz-");
        try {
            Path file = Files.write(folder.resolve("x.parquet"), bytes);
            Reading one = Reading.of(file, SMALL);
            assertEquals(one, Reading.of(file, SMALL));
        } catch (BadInput e) {
            assertTrue(String.valueOf(e.getMessage()).length() < 20_000);
        } finally {
            Scratch.delete(folder);
        }
    }
}
