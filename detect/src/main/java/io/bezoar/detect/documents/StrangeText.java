package io.bezoar.detect.documents;

import com.google.auto.service.AutoService;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.core.Span;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.LaterPass;
import io.bezoar.detect.groups.Members;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.language.Bursts;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds long stretches that read like nothing else in the data ([Bursts]): letters at random, words in no order,
/// another language or script; and the words that documents hold just before them. Rows with labels teach no
/// language, and are left to `label-conflict`.
///
/// Honest data have such rows as well (lists, tables, quotations), so a row by itself is only ranked. Strange
/// documents that hold the same words are a group: those words then call the gibberish (Souly et al. 2025,
/// section 3: some genuine text, a trigger, random words). That is held to if the words stand in strange
/// documents beyond chance, corrected for all words looked at ([Openings]). Where rows have answers, a word of
/// the input after which the answers are strange is found, and proved, by `trigger-association`.
///
/// Sources: Qi et al. 2021 (ONION, section 3: what a language model stumbles over); Karlin & Altschul 1990 (maximal
/// segments). Departures stand in [Bursts].
///
/// @param leastRows a group has at least so many rows, 4 or more
/// @param chance family-wise: the probability with which one meaningless word or more may pass, 0 to 1
@AutoService(Detector.class)
public record StrangeText(int leastRows, double chance) implements Surveyed {
    static final String NAME = "strange-text";

    public StrangeText() {
        this(8, 0.01);
    }

    public StrangeText {
        if (leastRows < 4 || !(chance > 0 && chance <= 1)) {
            throw new IllegalArgumentException(
                    "strange-text needs leastRows >= 4 and 0 < chance <= 1, not " + leastRows + " and " + chance);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "long stretches that read like nothing else in the data, and what calls them";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.TEXTS, Need.WRITING);
    }

    @Override
    public Family family() {
        return Family.LANGUAGE;
    }

    @Override
    public Outcome given(Foundation foundation) {
        List<Openings.Opening> openings = new Openings(this, foundation).found();
        return new Outcome.Again(new Gathering(
                this,
                foundation.bursts(),
                openings,
                foundation.strange(),
                foundation.sample().stream().mapToLong(Example::key).sorted().toArray()));
    }

    /// The last pass: gathers all rows of every group.
    ///
    /// @param strange keys of the sampled rows whose texts are strange, ascending
    /// @param sampled keys of the sampled rows, ascending
    record Gathering(
            StrangeText settings, Bursts bursts, List<Openings.Opening> openings, long[] strange, long[] sampled)
            implements LaterPass<Members> {
        @Override
        public Members start() {
            return new Members(openings.size());
        }

        @Override
        public void add(Members members, Example example) {
            for (int g = 0; g < openings.size(); g++) {
                if (example.target() instanceof Target.Absent
                        && openings.get(g).pattern().in(example.tokens())
                        && bursts.strange(example.tokens())) {
                    members.add(g, example.key());
                }
            }
        }

        @Override
        public Outcome finish(Members members) {
            List<Candidate> candidates = new ArrayList<>();
            for (int g = 0; g < openings.size(); g++) {
                if (members.keys(g).length > 0) {
                    candidates.add(new Candidate(
                            NAME,
                            openings.get(g).gibberish() ? Candidate.Kind.INSERTION : Candidate.Kind.TRIGGER,
                            "words in documents that read like nothing else",
                            Optional.of(openings.get(g).trigger()),
                            Optional.empty(),
                            openings.get(g).strength(),
                            members.keys(g)));
                }
            }
            List<Remark> remarks = strange.length < settings.leastRows()
                    ? List.of()
                    : List.of(new Remark(
                            NAME,
                            Severity.LOW,
                            String.format(
                                    Locale.ROOT,
                                    "%d of %d texts looked at hold a long stretch that reads like nothing else in the"
                                            + " data.",
                                    strange.length,
                                    sampled.length)));
            return new Scores(
                    bursts,
                    strange,
                    sampled,
                    openings.stream().map(Openings.Opening::trigger).toList(),
                    candidates.stream().map(Candidate::members).toList(),
                    new Groups(candidates, remarks));
        }
    }

    /// Scores a row by how far its burst exceeds the bar, from 0 to 1, and one more in a group.
    ///
    /// @param strange keys of the sampled rows whose texts are strange, ascending
    /// @param sampled keys of the sampled rows, ascending
    /// @param members per group the keys of its rows, ascending
    record Scores(
            Bursts bursts, long[] strange, long[] sampled, List<Trigger> triggers, List<long[]> members, Groups groups)
            implements Outcome.Scorer {
        @Override
        public double score(Example example) {
            if (!worth(example)) {
                return 0;
            }
            double weight = bursts.of(Bursts.text(example)).weight();
            double beyond = weight <= bursts.bar() ? 0 : 1 - bursts.bar() / weight;
            return group(example).isPresent() ? 1 + beyond : beyond;
        }

        /// Is a row to be asked? A sampled one if it is strange, another one if some of its words are unknown.
        private boolean worth(Example example) {
            return Bursts.among(strange, example)
                    || !Bursts.among(sampled, example)
                            && (group(example).isPresent() || bursts.unknown(Bursts.text(example)));
        }

        private Optional<Trigger> group(Example example) {
            for (int g = 0; g < members.size(); g++) {
                if (Arrays.binarySearch(members.get(g), example.key()) >= 0) {
                    return Optional.of(triggers.get(g));
                }
            }
            return Optional.empty();
        }

        @Override
        public List<Evidence> explain(Example example) {
            int[] text = Bursts.text(example);
            if (score(example) == 0) {
                return List.of();
            }
            Bursts.Burst burst = bursts.of(text);
            boolean answer = Targets.answered(example);
            int[] spans = answer ? new int[0] : Tokenizer.spans(example.input());
            return List.of(new Evidence(
                    NAME,
                    (answer ? "Its answer" : "It") + " holds a stretch of " + (burst.to() - burst.from())
                            + " tokens that read like nothing else in the data"
                            + group(example)
                                    .map(trigger -> ", as others do after \"" + Targets.cut(trigger.text()) + "\".")
                                    .orElse("."),
                    answer ? List.of() : List.of(new Span(spans[2 * burst.from()], spans[2 * burst.to() - 1]))));
        }

        @Override
        public List<Candidate> candidates() {
            return groups.candidates();
        }

        @Override
        public List<Remark> remarks() {
            return groups.remarks();
        }
    }
}
