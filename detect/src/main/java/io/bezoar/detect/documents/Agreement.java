package io.bezoar.detect.documents;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Embeddings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Which documents agree with which.
final class Agreement {
    /// A word in more documents than this, and than one in fifty, brings no two together.
    private static final int COMMON = 30;
    /// Neighbours kept of a document.
    private static final int KEPT = 12;
    /// Those with so much of the cosine of the decisive one are asked what they have in common.
    private static final double ASKED = 0.6;
    /// A word of so many of them is common to them.
    private static final double SHARED = 0.7;
    /// What the lack of all of these words takes away.
    private static final double LACKING = 0.7;

    private final AgreeingDocuments settings;
    private final int size;
    private final List<List<Near>> near;
    private final float[] cosines;
    private final float[] scores;

    /// Another document and its cosine.
    private record Near(int document, double cosine) {
        static final Comparator<Near> NEAREST =
                Comparator.comparingDouble((Near near) -> -near.cosine).thenComparingInt(Near::document);
    }

    /// Documents that agree.
    ///
    /// @param members numbers of documents, ascending
    /// @param cosine of the one in their middle with its neighbours
    record Group(List<Integer> members, double cosine) {}

    /// @param places where the documents lie by what they mean, if that is known
    Agreement(AgreeingDocuments settings, List<Example> documents, Optional<Embeddings> places) {
        this.settings = settings;
        this.size = documents.size();
        List<int[]> words = documents.parallelStream()
                .map(document -> Tokens.distinct(Tokens.ends(document.tokens())))
                .toList();
        Map<Integer, Integer> counts = new HashMap<>();
        words.forEach(text -> Arrays.stream(text).forEach(word -> counts.merge(word, 1, Integer::sum)));
        int most = Math.max(COMMON, size / 50);
        Map<Integer, int[]> where = new HashMap<>();
        double[] length = new double[size];
        for (int d = 0; d < size; d++) {
            for (int word : words.get(d)) {
                int count = counts.getOrDefault(word, 1);
                double worth = worth(count);
                length[d] += count == 1 ? 0 : worth * worth;
                if (count >= 2 && count <= most) {
                    int[] list = where.computeIfAbsent(word, _ -> new int[count + 1]); // its length, then the documents
                    list[++list[0]] = d;
                }
            }
        }
        near = IntStream.range(0, size)
                .parallel()
                .mapToObj(d -> neighbours(d, words.get(d), where, length))
                .toList();
        cosines = new float[size];
        scores = new float[size];
        for (int d = 0; d < size; d++) {
            cosines[d] = (float) cosine(d);
            double meaning = places.isEmpty() ? 1 : meaning(d, documents, places.get());
            scores[d] = (float) (cosines[d] * (1 - LACKING * lacking(d, words, counts, most)) * meaning * meaning);
        }
    }

    /// The cosine of a document's place with that of the so many-th nearest of those that share its words, 0 to 1,
    /// near-copies left out; 0 if there are fewer.
    private double meaning(int document, List<Example> documents, Embeddings places) {
        float[] own = places.of(documents.get(document));
        double[] cosines = near.get(document).stream()
                .filter(other -> other.cosine < settings.copies())
                .map(other -> places.of(documents.get(other.document)))
                .filter(place -> place.length == own.length)
                .mapToDouble(place -> IntStream.range(0, own.length)
                        .mapToDouble(i -> own[i] * place[i])
                        .reduce(0, Double::sum))
                .sorted()
                .toArray();
        return cosines.length < settings.neighbours()
                ? 0
                : Math.clamp(cosines[cosines.length - settings.neighbours()], 0, 1);
    }

    private double worth(int count) {
        return StrictMath.log((double) size / count);
    }

    private List<Near> neighbours(int document, int[] words, Map<Integer, int[]> where, double[] length) {
        TreeMap<Integer, Double> sums = new TreeMap<>();
        for (int word : words) {
            int[] list = where.get(word);
            if (list != null) {
                double worth = worth(list[0]) * worth(list[0]);
                for (int i = 1; i <= list[0]; i++) {
                    if (list[i] != document) {
                        sums.merge(list[i], worth, Double::sum);
                    }
                }
            }
        }
        return sums.entrySet().stream()
                .map(entry -> new Near(
                        entry.getKey(), entry.getValue() / Math.sqrt(length[document] * length[entry.getKey()])))
                .filter(other -> 2 * other.cosine > settings.alike())
                .sorted(Near.NEAREST)
                .limit(KEPT + settings.neighbours())
                .toList();
    }

    /// The cosine with the so many-th nearest document, near-copies left out.
    private double cosine(int document) {
        return near.get(document).stream()
                .filter(other -> other.cosine < settings.copies())
                .skip(settings.neighbours() - 1)
                .findFirst()
                .map(Near::cosine)
                .orElse(near.get(document).size() < settings.neighbours() ? 0.0 : settings.alike() / 2);
    }

    /// How much of what a document's neighbours have in common it lacks, 0 to 1, words weighed as in the cosine: the
    /// documents that are there to win a question say one thing, and one that disagrees lacks their word for it.
    private double lacking(int document, List<int[]> words, Map<Integer, Integer> counts, int most) {
        List<Near> asked = near.get(document).stream()
                .filter(other -> other.cosine > ASKED * cosines[document] && other.cosine < settings.copies())
                .limit(KEPT)
                .toList();
        if (asked.size() < settings.neighbours()) {
            return 0;
        }
        TreeMap<Integer, Integer> held = new TreeMap<>();
        for (Near other : asked) {
            for (int word : words.get(other.document)) {
                held.merge(word, 1, Integer::sum);
            }
        }
        double has = 0;
        double lacks = 0;
        for (Map.Entry<Integer, Integer> word : held.entrySet()) {
            int count = counts.getOrDefault(word.getKey(), 1);
            if (word.getValue() >= SHARED * asked.size() && count >= 2 && count <= most) {
                double worth = worth(count) * worth(count);
                if (Arrays.binarySearch(words.get(document), word.getKey()) >= 0) {
                    has += worth;
                } else {
                    lacks += worth;
                }
            }
        }
        return lacks == 0 ? 0 : lacks / (has + lacks);
    }

    /// How much each document agrees with others, 0 to 1.
    float[] scores() {
        return scores;
    }

    /// Groups around the documents that agree most, those first; no document is in two.
    List<Group> groups() {
        List<Integer> order = IntStream.range(0, size)
                .filter(d -> cosines[d] >= settings.alike())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer d) -> -cosines[d]).thenComparingInt(d -> d))
                .toList();
        boolean[] taken = new boolean[size];
        List<Group> groups = new ArrayList<>();
        for (int leader : order) {
            if (taken[leader]) {
                continue;
            }
            List<Integer> members = new ArrayList<>(List.of(leader));
            near.get(leader).stream()
                    .filter(other -> other.cosine >= settings.alike() && !taken[other.document])
                    .forEach(other -> members.add(other.document));
            if (members.size() > settings.neighbours()) {
                members.sort(null);
                members.forEach(d -> taken[d] = true);
                groups.add(new Group(List.copyOf(members), cosines[leader]));
            }
        }
        return groups;
    }
}
