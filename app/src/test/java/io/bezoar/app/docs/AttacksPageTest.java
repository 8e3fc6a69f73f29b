package io.bezoar.app.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.attack.Attack;
import io.bezoar.attack.Catalog;
import io.bezoar.attack.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `docs/attacks.md` tells of every attack what the catalog knows.
class AttacksPageTest {

    @ParameterizedTest
    @EnumSource(Attack.Aim.class)
    void everyAttackIsInThePageAsItIs(Attack.Aim aim) throws IOException {
        String table = table(aim);
        assertTrue(
                Page.of("docs/attacks.md").text().contains(table),
                () -> "docs/attacks.md must hold these lines:\n" + table);
    }

    /// The part of the page on one aim.
    static String table(Attack.Aim aim) {
        return "| attack | does | to | settings | after |\n|---|---|---|---|---|\n"
                + Catalog.all().stream()
                        .filter(attack -> attack.aim() == aim)
                        .map(AttacksPageTest::line)
                        .collect(Collectors.joining());
    }

    private static String line(Attack attack) {
        String fits = Arrays.stream(Kind.values())
                .filter(attack.fits()::contains)
                .map(Kind::words)
                .collect(Collectors.joining(", "));
        String settings = Catalog.settings(attack).entrySet().stream()
                .map(entry -> "`" + entry.getKey() + "=" + entry.getValue() + "`")
                .collect(Collectors.joining(" "));
        return "| `" + attack.name() + "` | " + attack.purpose() + " | " + fits + " | " + settings + " | "
                + attack.citation() + " |\n";
    }
}
