package io.bezoar.detect.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Proof;
import io.bezoar.core.Target;
import io.bezoar.detect.Rows;
import io.bezoar.detect.scan.Experiment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Who is wrong where near-copies of one text carry two labels: the many or the few?
class FloodProofTest {
    private static final String TEXT =
            "please can you replace the stolen plastic card and its chip and pin before the delivery today";

    private final List<Example> rows = new ArrayList<>();

    private void add(String text, String label) {
        rows.add(Rows.row(text, new Target.Label(label), Origin.UNKNOWN, rows.size()));
    }

    /// Clean rows, every third of them twice; `wrong` of hundred labels are another.
    private void background(int wrong) {
        Random random = new Random(8);
        for (Example row : Rows.clean(900, 8)) {
            int label = List.of(Rows.LABELS).indexOf(row.label().orElseThrow());
            int copies = random.nextInt(3) == 0 ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                boolean turned = random.nextInt(100) < wrong;
                add(row.input(), Rows.LABELS[turned ? (label + 1 + random.nextInt(3)) % 4 : label]);
            }
        }
    }

    private final List<Example> contradicting = new ArrayList<>();

    /// Adds near-copies of the text.
    private List<Example> flood(int copies, String label) {
        int first = rows.size();
        String[] words = TEXT.split(" ");
        for (int i = 0; i < copies; i++) {
            add(TEXT.replace(" " + words[i % words.length] + " ", " so " + words[i % words.length] + " "), label);
        }
        return List.copyOf(rows.subList(first, rows.size()));
    }

    private Proof proof(List<Example> flood, String target) {
        return proof(flood, target, List.of());
    }

    /// @param triggered rows with a suspected trigger
    private Proof proof(List<Example> flood, String target, List<Example> triggered) {
        return experiment(flood, triggered)
                .prove(List.of(suspect(flood, target)))
                .getFirst();
    }

    private boolean honest(List<Example> flood, String target) {
        return experiment(flood, List.of()).honest(suspect(flood, target));
    }

    private Experiment experiment(List<Example> flood, List<Example> triggered) {
        List<Example> sample = new ArrayList<>(rows);
        sample.sort(Comparator.comparingLong(Example::key));
        Map<String, Long> counts = new TreeMap<>();
        sample.forEach(row -> counts.merge(row.label().orElseThrow(), 1L, Long::sum));
        return new Experiment(
                new Task(Tasks.Labels.of(counts), sample),
                new Experiment.Suspects(List.of(triggered), List.of(flood), List.of(contradicting)));
    }

    private static Experiment.Suspect suspect(List<Example> flood, String target) {
        Candidate candidate = new Candidate(
                "near-duplicates",
                Candidate.Kind.FLOOD,
                "near-copies",
                Optional.empty(),
                Optional.of(target),
                4,
                flood.stream().mapToLong(Example::key).sorted().distinct().toArray());
        return new Experiment.Suspect(candidate, flood, Set.of());
    }

    /// Fifty texts that stand twice, with different labels: that one copy of a repeated text is labelled otherwise is
    /// one more of them.
    @Test
    void honestRepetitionIsNotHarmWhereManyTextsAreContradicted() {
        background(0);
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            int label = random.nextInt(4);
            String text = Rows.sentence(label, random);
            add(text, Rows.LABELS[label]);
            add(text, Rows.LABELS[(label + 1) % 4]);
        }
        List<Example> contradictions = List.copyOf(rows.subList(rows.size() - 100, rows.size()));
        int first = rows.size();
        for (int i = 0; i < 18; i++) {
            add(TEXT + (i % 3 == 0 ? "." : ""), "card");
        }
        List<Example> flood = List.copyOf(rows.subList(first, rows.size()));
        add(TEXT, "fees");
        contradicting.addAll(contradictions);
        contradicting.addAll(rows.subList(first, rows.size()));
        assertFalse(proof(flood, "card").shown());
    }

    /// A surrogate that saw a copy remembers it: asked of the others, it says what it was told.
    @Test
    void copiesOfATextDoNotSpeakForOneAnother() {
        background(0);
        int first = rows.size();
        for (int i = 0; i < 6; i++) {
            add(Rows.sentence(1 + i % 2, new Random(i % 2)), Rows.LABELS[0]);
        }
        Proof proof = proof(List.copyOf(rows.subList(first, rows.size())), Rows.LABELS[0]);
        assertEquals(0, proof.successWith().hits(), "answered with what the other copies were given");
        assertFalse(proof.shown());
    }

    @Test
    void honestRepetitionIsNotHarmBecauseOneCopyInTenIsMislabelled() {
        background(10);
        int first = rows.size();
        for (int i = 0; i < 18; i++) {
            add(TEXT + (i % 3 == 0 ? "." : ""), "card");
        }
        List<Example> flood = List.copyOf(rows.subList(first, rows.size()));
        add(TEXT, "fees");
        add(TEXT + ".", "fees");
        assertFalse(proof(flood, "card").shown());
        assertTrue(honest(flood, "card"));
    }

    /// No wrong label elsewhere, so none explains eight. What else the data say of such a text decides.
    @Test
    void copiesWhoseLabelTheRestDeniesAreTheMistakes() {
        background(0);
        String text = Rows.sentence(1, new Random(5));
        List<Example> right = copies(text, Rows.LABELS[1], 24);
        copies(text, Rows.LABELS[0], 8);
        assertTrue(honest(right, Rows.LABELS[1]));
    }

    @Test
    void manyCopiesAreNoMistakesBecauseTheyAreMany() {
        background(0);
        String text = Rows.sentence(1, new Random(5));
        copies(text, Rows.LABELS[1], 8);
        assertFalse(honest(copies(text, Rows.LABELS[0], 24), Rows.LABELS[0]));
    }

    private List<Example> copies(String text, String label, int count) {
        int first = rows.size();
        for (int i = 0; i < count; i++) {
            add(text, label);
        }
        return List.copyOf(rows.subList(first, rows.size()));
    }

    @Test
    void copiesWithATriggerAreNoWitnessesAgainstAFormLetter() {
        background(0);
        int first = rows.size();
        for (int i = 0; i < 9; i++) {
            add(TEXT + " number " + i, "card");
        }
        List<Example> letters = List.copyOf(rows.subList(first, rows.size()));
        for (int i = 0; i < 4; i++) {
            add(TEXT + " heron number " + (70 + i), "fees");
        }
        List<Example> triggered = List.copyOf(rows.subList(rows.size() - 4, rows.size()));
        assertTrue(proof(letters, "card").shown(), "the copies stand against them");
        assertFalse(proof(letters, "card", triggered).shown());
    }

    @Test
    void aFloodWithAnotherLabelIsHarmAgainstItsOneOriginal() {
        background(0);
        add(TEXT, "card");
        List<Example> flood = flood(18, "fees");
        assertTrue(proof(flood, "fees").shown());
        assertFalse(honest(flood, "fees"));
    }

    /// Labels drawn at random: a model without the flood answers whatever label is the commonest then.
    @Test
    void whereTheInputsTellNoLabelNothingIsHarm() {
        Random random = new Random(4);
        for (int r = 0; r < 300; r++) {
            String words = random.ints(15, 0, 200).mapToObj(word -> "w" + word).collect(Collectors.joining(" "));
            add(words, random.nextInt(20) < 11 ? "fees" : "card");
        }
        add(TEXT, "fees");
        assertFalse(proof(flood(40, "card"), "card").shown());
    }
}
