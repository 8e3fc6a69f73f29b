package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An option that would do nothing, or a value that nothing can be done with, is refused with its
/// bound.
class RefusedOptionsTest {
    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private Path model = Path.of("");

    @BeforeEach
    void write() {
        data = Running.write(folder, "data.jsonl", Running.rows(200));
        model = folder.resolve("model");
        assertEquals(0, Running.of("train", data, "--out", model).code());
    }

    private static void refused(int code, String sentence, Object... words) {
        Running run = Running.of(words);
        assertEquals(code, run.code(), run.out() + run.err());
        assertTrue(run.err().contains(": " + sentence), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void optionsWithoutEffectAreRefused() {
        Path out = folder.resolve("out");
        refused(
                2,
                "--findings goes with --robust auto or trimmed-loss, not with \"plain\"",
                "train",
                data,
                "--out",
                out,
                "--findings",
                folder);
        refused(
                2,
                "--findings goes with --robust auto or trimmed-loss, not with \"sever\"",
                "train",
                data,
                "--out",
                out,
                "--findings",
                folder,
                "--robust",
                "sever");
        refused(
                2,
                "--epsilon goes with --robust sever, trimmed-loss or isolate-unlearn, not with \"plain\"",
                "train",
                data,
                "--out",
                out,
                "--epsilon",
                0.3);
        refused(
                2,
                "--delta goes with --noise, which is not given",
                "unlearn",
                "--model",
                model,
                "--row",
                "a0",
                "--out",
                out,
                "--delta",
                0.1);
        refused(
                2,
                "--delta must be between 0 and 1, not 3.0",
                "unlearn",
                "--model",
                model,
                "--row",
                "a0",
                "--out",
                out,
                "--noise",
                1,
                "--seed",
                1,
                "--delta",
                3);
        refused(2, "--hidden goes with --contrast, which is not given", "probe", model, "--hidden", "x");
        Path test = Running.write(
                folder, "test.jsonl", Running.rows(210).lines().skip(200).reduce("", (a, b) -> a + b + "\n"));
        refused(
                2,
                "--scale goes with vectors, but the training rows are texts; leave it out",
                "value",
                data,
                "--test",
                test,
                "--out",
                out,
                "--scale",
                3);
        refused(
                2,
                "--map gives \"text\" twice; a role has one column, or for labels several joined by +",
                "train",
                data,
                "--out",
                out,
                "--map",
                "text=text,text=label");
        refused(2, "--map gives \"text\" twice", "train", data, "--out", out, "--map", "text=text", "--map", "text=id");
    }

    @Test
    void valuesOutOfBoundsAreRefused() {
        Path out = folder.resolve("out");
        refused(
                2,
                "--partitions must be 1 to 100000, not 2147483647",
                "certify",
                data,
                "--test",
                data,
                "--out",
                out,
                "--partitions",
                Integer.MAX_VALUE);
        refused(
                2,
                "--partitions must be 1 to 100000, not 2147483647",
                "train",
                data,
                "--out",
                out,
                "--robust",
                "fa",
                "--partitions",
                Integer.MAX_VALUE);
        Path suite = Running.write(folder, "suite.yaml", "version: 1\nitems: data.jsonl\naverage: {min: 0.5}\n");
        refused(
                2,
                "--timeout must be 1 to 604800 seconds, not 0",
                "eval",
                "--suite",
                suite,
                "--endpoint",
                "http://127.0.0.1:9/v1",
                "--model",
                "x",
                "--timeout",
                0,
                "--out",
                out);
        refused(
                3,
                "expected a budget of 200 questions or more, which is what the inputs as they are take, came 0",
                "probe",
                model,
                "--inputs",
                data,
                "--budget",
                0,
                "--out",
                out);
    }

    @Test
    void whereNoScanLiesTheRightOptionIsNamed() {
        Path none = folder.resolve("none");
        String sentence = "expected the findings of a scan in \"" + none + "\", found no findings.json; run bezoar scan"
                + " first or name the folder of its result with ";
        refused(2, sentence + "--findings", "train", data, "--out", folder, "--robust", "auto", "--findings", none);
        refused(2, sentence + "--findings", "probe", model, "--findings", none, "--out", folder.resolve("probe"));
        refused(2, sentence + "--findings", "retrain", "plan", data, "--findings", none, "--out", folder);
        refused(2, sentence + "--scan", "trace", "--model", model, "--input", "my card", "--scan", none);
    }
}
