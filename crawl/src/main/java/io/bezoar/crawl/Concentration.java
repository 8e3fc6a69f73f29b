package io.bezoar.crawl;

import io.bezoar.crawl.address.PublicSuffixes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How much of a crawl each owner holds. One who holds a large share needs no more than his own pages
/// to poison it.
///
/// @param owners those with most words first
/// @param views in all
/// @param words in all
public record Concentration(List<Owner> owners, long views, long words) {
    public Concentration {
        owners = List.copyOf(owners);
    }

    /// What one owner holds.
    ///
    /// @param domain registrable domain, or the host where there is none
    public record Owner(String domain, long views, long words) {}

    /// The owners of all views of a snapshot.
    public static Concentration of(Snapshot snapshot, PublicSuffixes suffixes) {
        Map<String, long[]> sums = new TreeMap<>();
        long words = 0;
        for (View view : snapshot.views()) {
            long[] sum = sums.computeIfAbsent(view.address().owner(suffixes), _ -> new long[2]);
            sum[0]++;
            sum[1] += view.words();
            words += view.words();
        }
        List<Owner> owners = sums.entrySet().stream()
                .map(each -> new Owner(each.getKey(), each.getValue()[0], each.getValue()[1]))
                .sorted(Comparator.comparingLong(Owner::words)
                        .thenComparingLong(Owner::views)
                        .reversed()
                        .thenComparing(Owner::domain))
                .toList();
        return new Concentration(owners, snapshot.views().size(), words);
    }

    /// The share of an owner, 0 to 1: of the words, or of the views where no view has words.
    public double share(Owner owner) {
        return words > 0 ? (double) owner.words() / words : views > 0 ? (double) owner.views() / views : 0;
    }

    /// The share of a domain, 0 if it has none.
    public double share(String domain) {
        return owners.stream()
                .filter(owner -> owner.domain().equals(domain))
                .mapToDouble(this::share)
                .sum();
    }
}
