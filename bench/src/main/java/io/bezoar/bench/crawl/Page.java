package io.bezoar.bench.crawl;

import io.bezoar.core.Hashing;
import java.util.SplittableRandom;

/// The source of a page: what its site puts around it, its own text, and what is new at every visit.
///
/// @param site decides menus and footer
/// @param design number of the site's redesigns so far
/// @param topic decides the text
/// @param rewritten number of times the text was written anew
/// @param visit decides advertisements, the date and related links
/// @param added a sentence or paragraph somebody put in; empty for none
/// @param edited number of sentences exchanged
record Page(long site, int design, long topic, int rewritten, long visit, String added, int edited) {
    private static final int VOCABULARY = 20_000;
    private static final String[] SYLLABLES = {
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi",
        "yo", "zu"
    };

    static String words(SplittableRandom random, int count) {
        StringBuilder out = new StringBuilder(count * 7);
        for (int i = 0; i < count; i++) {
            // ranks by Zipf's law
            int rank = (int) Math.pow(VOCABULARY, random.nextDouble());
            out.append(i == 0 ? "" : i % 12 == 0 ? ". " : " ");
            do {
                out.append(SYLLABLES[rank % SYLLABLES.length]);
                rank /= SYLLABLES.length;
            } while (rank > 0);
        }
        return out.toString();
    }

    private static SplittableRandom random(long... parts) {
        long seed = 0x7a6e;
        for (long part : parts) {
            seed = Hashing.combine(seed, part);
        }
        return new SplittableRandom(seed);
    }

    /// The page as it is sent.
    String html() {
        SplittableRandom around = random(site, design, 1);
        SplittableRandom now = random(visit, 2);
        StringBuilder out = new StringBuilder("<!DOCTYPE html><html><head><title>");
        out.append(words(random(topic, 3), 6))
                .append("</title><script>var v = ")
                .append(visit)
                .append("</script></head>");
        out.append("<body><nav><a href=/>")
                .append(words(around, 25))
                .append("</a></nav><p>")
                .append(now.nextInt(1, 29))
                .append(" March</p><article>")
                .append(text())
                .append("</article><aside>")
                .append(words(now, 15))
                .append("</aside><ul><li>")
                .append(words(now, 10))
                .append("</ul><footer>")
                .append(words(around, 20));
        return out.append("</footer></body></html>").toString();
    }

    private String text() {
        SplittableRandom own = random(topic, rewritten, 4);
        int sentences = 8 + (int) Math.min(80, 14 * Math.exp(0.8 * own.nextGaussian()));
        int from = random(topic, rewritten, 5).nextInt(sentences);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            String sentence = words(own, 12 + own.nextInt(8));
            boolean exchanged = Math.floorMod(i - from, sentences) < edited; // what was exchanged stays so
            out.append("<p>")
                    .append(exchanged ? words(random(topic, rewritten, i, 6), 14) : sentence)
                    .append(".</p>");
            if (i == sentences / 2 && !added.isEmpty()) {
                out.append("<p>").append(added).append("</p>");
            }
        }
        return out.toString();
    }

    Page visited(long number) {
        return new Page(site, design, topic, rewritten, number, added, edited);
    }

    Page with(String paragraph) {
        return new Page(site, design, topic, rewritten, visit, paragraph, edited);
    }

    Page edited(int sentences) {
        return new Page(site, design, topic, rewritten, visit, added, sentences);
    }

    Page redesigned(boolean anew) {
        return new Page(site, design + 1, topic, rewritten + (anew ? 1 : 0), visit + 1, added, edited);
    }

    Page anew() {
        return new Page(site, design, topic, rewritten + 1, visit, added, edited);
    }
}
