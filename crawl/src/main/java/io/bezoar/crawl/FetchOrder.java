package io.bezoar.crawl;

import io.bezoar.ledger.merkle.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// An order of fetching that nobody can foresee who does not know the seed, and everybody can check who
/// does.
///
/// Who knows when a page is fetched can edit it just before (Carlini et al. 2024, section 5.3, propose
/// a random order). Addresses are ordered by SHA-256 of seed and address. The *commitment*, a digest of
/// the seed alone, can be published, or put into the ledger, before the first fetch; the seed after the
/// last one.
///
/// @param seed kept secret until the crawl is done; drawn from a good source of chance
public record FetchOrder(long seed) {
    private static final String NAME = "bezoar.fetch-order/1";

    /// The digest that binds whoever publishes it to the seed.
    public Digest commitment() {
        return View.digest(NAME + "\n" + seed + "\n");
    }

    private Digest key(String address) {
        return View.digest(NAME + "\n" + seed + "\n" + address);
    }

    /// The addresses, each once, in the order in which to fetch them.
    public List<String> of(List<String> addresses) {
        return addresses.stream()
                .distinct()
                .map(address -> new Keyed(key(address), address))
                .sorted(Comparator.comparing(Keyed::key))
                .map(Keyed::address)
                .toList();
    }

    private record Keyed(Digest key, String address) {}

    /// How far a crawl kept to the order: the share of neighbours in it that were fetched one after the
    /// other or at the same moment. 1 if it was followed, about 0.5 of another order.
    public double kept(Snapshot snapshot) {
        List<View> order = new ArrayList<>(snapshot.last().values());
        order.sort(Comparator.comparing((View view) -> key(view.address().text())));
        int kept = 0;
        for (int i = 1; i < order.size(); i++) {
            if (!order.get(i).seen().isBefore(order.get(i - 1).seen())) {
                kept++;
            }
        }
        return order.size() < 2 ? 1 : (double) kept / (order.size() - 1);
    }
}
