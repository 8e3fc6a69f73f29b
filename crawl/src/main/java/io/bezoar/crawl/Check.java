package io.bezoar.crawl;

import io.bezoar.core.Action;
import io.bezoar.crawl.address.PublicSuffixes;
import io.bezoar.crawl.registry.Registration;
import io.bezoar.crawl.registry.Registry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A crawl held against its first view: one judgement for each page of the crawl, in the order of the
/// snapshot.
///
/// @param judgements one for each address of the crawl, of its last view
/// @param gone addresses of the first view that the crawl does not have
/// @param asked domains a registry was asked about
/// @param unknown domains of changed pages of which nothing is known, by reason
public record Check(List<Judgement> judgements, long gone, long asked, Map<String, Long> unknown) {
    public Check {
        judgements = List.copyOf(judgements);
        unknown = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(unknown));
    }

    /// Judges a crawl.
    ///
    /// @param first the first view
    /// @param now the crawl
    /// @param later the same addresses fetched once more, some time after
    public static Check of(
            Snapshot first,
            Snapshot now,
            Optional<Snapshot> later,
            Registry registry,
            PublicSuffixes suffixes,
            Edit.Rules rules) {
        Map<String, List<View>> before = first.byAddress();
        Map<String, View> current = now.last();
        Map<String, View> after = later.map(Snapshot::last).orElse(Map.of());
        Map<String, Registry.Answer> answers = new HashMap<>();
        Map<String, Long> unknown = new HashMap<>();
        Map<String, Constancy> constancy = constancy(before, current, suffixes);
        List<Judgement> judgements = new ArrayList<>(current.size());
        for (View view : now.views()) {
            String address = view.address().text();
            if (!view.equals(current.get(address))) {
                continue; // fetched again later
            }
            List<View> earlier = before.getOrDefault(address, List.of());
            Optional<View> seen = earlier.stream().findFirst();
            Standing standing = Standing.UNKNOWN;
            if (seen.isPresent() && Change.between(seen.get(), view).kind() != Change.Kind.IDENTICAL) {
                standing = Standing.of(
                        answer(view, registry, suffixes, answers, unknown),
                        seen.get().seen());
            }
            String owner = view.address().owner(suffixes);
            judgements.add(Judgement.of(
                    view,
                    seen,
                    standing,
                    constancy.getOrDefault(owner, Constancy.NONE).steady(),
                    Edit.of(earlier, view, Optional.ofNullable(after.get(address)), rules),
                    owner));
        }
        long gone = before.keySet().stream()
                .filter(address -> !current.containsKey(address))
                .count();
        return new Check(judgements, gone, answers.size(), unknown);
    }

    /// How many of an owner's pages of the first view are in the crawl, and how many of them are the
    /// same to the byte.
    private record Constancy(int pages, int identical) {
        private static final int LEAST = 3;
        private static final Constancy NONE = new Constancy(0, 0);

        Constancy and(boolean same) {
            return new Constancy(pages + 1, identical + (same ? 1 : 0));
        }

        /// Do most of several pages speak for the same hands? Who buys a domain brings pages of his own.
        boolean steady() {
            return pages >= LEAST && 2 * identical >= pages;
        }
    }

    private static Map<String, Constancy> constancy(
            Map<String, List<View>> before, Map<String, View> current, PublicSuffixes suffixes) {
        Map<String, Constancy> all = new HashMap<>();
        before.forEach((address, views) -> {
            View now = current.get(address);
            if (now != null) {
                boolean same = Change.between(views.getFirst(), now).kind() == Change.Kind.IDENTICAL;
                all.merge(now.address().owner(suffixes), Constancy.NONE.and(same), (sum, _) -> sum.and(same));
            }
        });
        return all;
    }

    private static Registry.Answer answer(
            View view,
            Registry registry,
            PublicSuffixes suffixes,
            Map<String, Registry.Answer> answers,
            Map<String, Long> unknown) {
        Optional<String> domain = view.address().registered(suffixes);
        if (domain.isEmpty()) {
            unknown.merge("the host is no domain of a registry", 1L, Long::sum);
            return new Registry.Answer.Unknown("");
        }
        return answers.computeIfAbsent(domain.get(), name -> {
            Registry.Answer answer = registry.ask(name);
            switch (answer) {
                case Registry.Answer.Unknown(String why) -> unknown.merge(why, 1L, Long::sum);
                case Registry.Answer.Known(Registration known)
                when known.registered().isEmpty() ->
                    unknown.merge("the registry does not say since when", 1L, Long::sum);
                case Registry.Answer.Known _ -> {} // good
            }
            return answer;
        });
    }

    /// Pages per action.
    public Map<Action, Long> actions() {
        Map<Action, Long> counts = new EnumMap<>(Action.class);
        for (Action action : Action.values()) {
            counts.put(action, 0L);
        }
        judgements.forEach(each -> counts.merge(each.action(), 1L, Long::sum));
        return counts;
    }

    /// Pages that changed in a way.
    public long count(Change.Kind kind) {
        return judgements.stream()
                .filter(each ->
                        each.change().filter(change -> change.kind() == kind).isPresent())
                .count();
    }

    /// Pages that name the digest of the first view, and whose text does not show that they are the
    /// same.
    public long contradicted() {
        return judgements.stream()
                .filter(each -> each.change().filter(Change::contradicted).isPresent())
                .count();
    }

    /// Pages that the first view does not have.
    public long added() {
        return judgements.stream().filter(each -> each.first().isEmpty()).count();
    }
}
