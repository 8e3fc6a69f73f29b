package io.bezoar.crawl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The order of fetching: fixed by its seed, by nothing else.
class FetchOrderTest {
    private static List<String> addresses() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add("http://a.com/" + i);
        }
        return all;
    }

    @Test
    void theSeedAloneDecides() {
        List<String> shuffled = addresses();
        shuffled.addAll(addresses());
        Collections.shuffle(shuffled, new Random(1));
        List<String> order = new FetchOrder(7).of(addresses());
        assertEquals(order, new FetchOrder(7).of(shuffled));
        assertEquals(new TreeSet<>(addresses()), new TreeSet<>(order));
        assertNotEquals(order, new FetchOrder(8).of(addresses()));
        assertNotEquals(new FetchOrder(7).commitment(), new FetchOrder(8).commitment());
    }

    @Test
    void whoKeptToItIsSeen() {
        FetchOrder order = new FetchOrder(7);
        List<View> views = new ArrayList<>();
        List<String> addresses = order.of(addresses());
        for (int i = 0; i < addresses.size(); i++) {
            views.add(Views.of(addresses.get(i), Views.MARCH.plusSeconds(i), "x"));
        }
        assertEquals(1, order.kept(Snapshot.of(views)));
        assertEquals(0.5, new FetchOrder(8).kept(Snapshot.of(views)), 0.1);
        assertEquals(1, order.kept(Snapshot.of(List.of())));
    }
}
