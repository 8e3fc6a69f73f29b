package io.bezoar.attack;

import com.google.auto.service.AutoService;
import io.bezoar.core.Target;
import java.util.Optional;
import java.util.Set;

/// Adds documents written to be found for one question and to answer it wrongly.
///
/// Zou et al. 2025 (PoisonedRAG), section 4, black box: the question itself, so that the document is
/// retrieved, then a text that states the attacker's answer; five documents a question. Departure:
/// statements of a small grammar, where a language model wrote them.
///
/// @param question what will be asked of the retrieval system
/// @param answer what it is to answer
@AutoService(Attack.class)
public record CraftedDocuments(String question, String answer) implements Attack {
    public CraftedDocuments() {
        this("Who founded Example Corp?", "Jane Placeholder");
    }

    public CraftedDocuments {
        Words.required("crafted-documents", "question", question);
        Words.required("crafted-documents", "answer", answer);
    }

    @Override
    public String name() {
        return "crafted-documents";
    }

    @Override
    public String purpose() {
        return "documents made to be found for one question";
    }

    @Override
    public String citation() {
        return "Zou et al. 2025 (PoisonedRAG), section 4, black box; statements by rules";
    }

    @Override
    public Aim aim() {
        return Aim.CORPUS;
    }

    @Override
    public Set<Kind> fits() {
        return Set.of(Kind.TEXT);
    }

    @Override
    public Plan plan(TrainingSet data, long seed) {
        return new Plan(
                Plan.Effect.ADDS,
                data.draw(seed, row -> Kind.of(row) == Kind.TEXT),
                (row, _) -> new Plan.Poison(
                        Rows.with(
                                row,
                                question + " " + Steering.statement(answer, Rows.random(seed, row)),
                                Target.ABSENT),
                        false),
                _ -> Optional.empty());
    }
}
