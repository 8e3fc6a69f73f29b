package io.bezoar.app.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.core.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {
    private final List<Decision> decisions = new ArrayList<>();

    private void say(String reviewer, Decision.Kind kind, String... label) {
        decisions.add(new Decision(
                decisions.size() + 1L,
                Instant.EPOCH,
                reviewer,
                new Decision.Subject(true, "c-1", Severity.HIGH),
                kind,
                label.length == 0 ? Optional.empty() : Optional.of(label[0]),
                Optional.empty(),
                "why",
                ""));
    }

    private void undo(long number) {
        Decision undone = decisions.get((int) number - 1);
        decisions.add(new Decision(
                decisions.size() + 1L,
                Instant.EPOCH,
                undone.reviewer(),
                undone.subject(),
                Decision.Kind.UNDO,
                Optional.empty(),
                Optional.of(number),
                "why",
                ""));
    }

    private Standing.State state(Severity severity) {
        return Standing.of(decisions, true, "c-1", severity, Standing.Quorum.DEFAULT)
                .state();
    }

    @Test
    void highNeedsTwoVoicesAndMediumOne() {
        assertEquals(Standing.State.OPEN, state(Severity.HIGH));
        say("ana", Decision.Kind.REJECT);
        assertEquals(Standing.State.WAITING, state(Severity.HIGH));
        assertEquals(Standing.State.DECIDED, state(Severity.MEDIUM));
        say("ben", Decision.Kind.REJECT);
        assertEquals(Standing.State.DECIDED, state(Severity.HIGH));
    }

    /// Spellings that a reader takes for the same name, and names of two people.
    @Test
    void oneNameHasOneVoiceAndTwoHaveTwo() {
        for (String same : List.of(
                "an\u200ba",
                "ａｎａ",
                "a n a",
                "\u202eana",
                "ana\ufe0f",
                "ana\u3164",
                "аnа", // Cyrillic
                "ANA",
                "ana\u00ad",
                "ana\udb40\udc41")) { // a tag
            assertEquals(Person.key("ana"), Person.key(same), same);
        }
        List<String> two = List.of("ana", "anna", "ána", "hana", "ben", "李娜", "李明", "Анна", "user1", "user2");
        assertEquals(two.size(), two.stream().map(Person::key).distinct().count());
        for (String none : List.of("", " ", "\u3164", "\u200b\u2060")) {
            assertEquals("", Person.key(none));
        }
    }

    @Test
    void nobodyHasNoVoice() {
        say("ana", Decision.Kind.REJECT);
        say("\u3164", Decision.Kind.REJECT);
        assertEquals(Standing.State.WAITING, state(Severity.HIGH));
    }

    @Test
    void onePersonHasOneVoiceHoweverTheNameIsWritten() {
        say("ana", Decision.Kind.REJECT);
        say(" Ana ", Decision.Kind.REJECT);
        say("ANA", Decision.Kind.REJECT);
        assertEquals(Standing.State.WAITING, state(Severity.HIGH));
    }

    @Test
    void aThirdVoiceReopensWhatTwoDecided() {
        say("ana", Decision.Kind.REJECT);
        say("ben", Decision.Kind.REJECT);
        say("eve", Decision.Kind.ACCEPT);
        assertEquals(Standing.State.DISPUTED, state(Severity.HIGH));
        undo(3);
        assertEquals(Standing.State.DECIDED, state(Severity.HIGH));
    }

    @Test
    void whoeverChangesTheirMindCountsOnce() {
        say("ana", Decision.Kind.REJECT);
        say("ben", Decision.Kind.ACCEPT);
        say("ana", Decision.Kind.ACCEPT);
        assertEquals(Standing.State.DECIDED, state(Severity.HIGH));
        undo(3);
        assertEquals(Standing.State.DISPUTED, state(Severity.HIGH));
    }

    @Test
    void twoLabelsAreTwoOpinions() {
        say("ana", Decision.Kind.RELABEL, "refund");
        say("ben", Decision.Kind.RELABEL, "card");
        assertEquals(Standing.State.DISPUTED, state(Severity.HIGH));
        say("ben", Decision.Kind.RELABEL, "refund");
        Standing standing = Standing.of(decisions, true, "c-1", Severity.HIGH, Standing.Quorum.DEFAULT);
        assertEquals(Optional.of("refund"), standing.label());
    }

    @Test
    void decisionsOnOtherThingsDoNotCount() {
        say("ana", Decision.Kind.REJECT);
        assertEquals(
                Standing.State.OPEN,
                Standing.of(decisions, false, "c-1", Severity.LOW, Standing.Quorum.DEFAULT)
                        .state());
        assertEquals(
                Standing.State.OPEN,
                Standing.of(decisions, true, "c-2", Severity.HIGH, Standing.Quorum.DEFAULT)
                        .state());
    }
}
