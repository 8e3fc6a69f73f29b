package io.bezoar.app.crawl;

import io.bezoar.app.ledger.Answer;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.Words;
import io.bezoar.crawl.FetchOrder;
import io.bezoar.crawl.Snapshot;
import io.bezoar.ledger.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar crawl order`: an order of fetching that nobody can foresee.
@Command(
        name = "order",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Puts the addresses of a snapshot into an order that nobody can foresee, or checks that a crawl"
                + " kept to it.",
        footer = {
            "",
            "Examples:",
            "  bezoar crawl order march.views --to fetch.txt",
            "        prints the seed, to keep secret until the crawl is done, and a",
            "        commitment to publish before",
            "  bezoar crawl order july.views --seed 4711 --check",
            "        how far the crawl kept to the order"
        })
final class OrderVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SNAPSHOT", description = "Written by bezoar crawl snapshot.")
    private Path snapshot = Path.of("crawl.views");

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the order (default: drawn and printed).")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--to", paramLabel = "FILE", description = "Where the addresses go, one a line.")
    private Optional<Path> to = Optional.empty();

    @Option(names = "--check", description = "Check the order in which the snapshot was fetched.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (check == to.isPresent()) {
            throw new ParameterException(spec.commandLine(), "expected one of --to FILE and --check");
        }
        if (check && seed.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--check needs the --seed of the order");
        }
        to.ifPresent(file -> OutputPlace.file(file, "--to", List.of(snapshot.toString())));
        Snapshot views = CrawlFiles.snapshot(snapshot);
        FetchOrder order = new FetchOrder(seed.orElseGet(() -> new SecureRandom().nextLong()));
        Answer answer = new Answer("bezoar.crawl-order/1")
                .field("commitment", order.commitment().hex())
                .field("seed", Long.toString(order.seed()));
        if (check) {
            double kept = order.kept(views);
            answer.line(
                            "Order",
                            Words.percent(kept) + " of neighbours in the order were fetched in it; of another order"
                                    + " about half")
                    .field("kept", new JsonValue.Decimal(kept));
        } else {
            List<String> addresses = order.of(
                    views.views().stream().map(view -> view.address().text()).toList());
            Files.write(to.orElseThrow(), addresses);
            answer.line("Order", Words.count(addresses.size(), "page") + " into " + to.orElseThrow())
                    .field("addresses", addresses.size());
        }
        answer.line("Seed", order.seed() + (check ? "" : ", secret until the crawl is done"))
                .line("Commitment", order.commitment().hex() + (check ? "" : ", to publish before it begins"))
                .print(spec, json);
        return 0;
    }
}
