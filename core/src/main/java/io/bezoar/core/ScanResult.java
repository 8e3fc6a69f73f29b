package io.bezoar.core;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a scan found, complete but for the score of every row.
///
/// @param dataSet digest and shape of what was read
/// @param detectors what each detector did, in catalog order
/// @param notChecked what was not checked and why, each one sentence
/// @param campaigns worst first
/// @param findings of rows, most suspicious first; bounded, see `omittedFindings`
/// @param omittedFindings row findings left out of `findings`; their rows are in the scores all the same
/// @param remarks of the data set as a whole
/// @param flagged rows whose action is review or quarantine
public record ScanResult(
        DataSet dataSet,
        List<DetectorRun> detectors,
        List<String> notChecked,
        List<Campaign> campaigns,
        List<Finding> findings,
        long omittedFindings,
        List<Remark> remarks,
        Flagged flagged) {

    public ScanResult {
        detectors = List.copyOf(detectors);
        notChecked = List.copyOf(notChecked);
        campaigns = List.copyOf(campaigns);
        findings = List.copyOf(findings);
        remarks = List.copyOf(remarks);
    }

    /// What was read.
    ///
    /// @param files the files, in order
    /// @param rows rows that were read
    /// @param malformed pieces of the files that were not rows
    /// @param unread files, or ends of files, that could not be read; nothing here speaks of them
    /// @param layout what the rows are, in words: "text -> label"
    /// @param columns which column serves as what: `text` -> `body`
    /// @param targets rows per label, most frequent first; empty for free-text targets
    /// @param idsFrom where row ids come from, in words
    /// @param open what of the targets was not looked at
    /// @param ledger what a ledger says of the rows, if there was one
    public record DataSet(
            List<DataFile> files,
            long rows,
            long malformed,
            List<Malformed> malformedSamples,
            long unread,
            String layout,
            Map<String, String> columns,
            List<Campaign.Count> targets,
            String idsFrom,
            OpenTargets open,
            Optional<Provenance> ledger) {
        public DataSet {
            files = List.copyOf(files);
            malformedSamples = List.copyOf(malformedSamples);
            targets = List.copyOf(targets);
        }

        /// The file of a [Position#file()], if it is known.
        public Optional<DataFile> file(int number) {
            return number < files.size() ? Optional.of(files.get(number)) : Optional.empty();
        }

        /// What was read to the last target, without a ledger.
        public DataSet(
                List<DataFile> files,
                long rows,
                long malformed,
                List<Malformed> malformedSamples,
                long unread,
                String layout,
                Map<String, String> columns,
                List<Campaign.Count> targets,
                String idsFrom) {
            this(
                    files,
                    rows,
                    malformed,
                    malformedSamples,
                    unread,
                    layout,
                    columns,
                    targets,
                    idsFrom,
                    OpenTargets.NONE,
                    Optional.empty());
        }
    }

    /// What of the targets was not looked at.
    ///
    /// @param rows rows without a target
    /// @param columns columns that were not read although they may be the target, or speakers of whom
    ///     one may be the assistant; bounded, and safe to show
    public record OpenTargets(long rows, List<String> columns) {
        /// Every row has a target.
        public static final OpenTargets NONE = new OpenTargets(0, List.of());

        public OpenTargets {
            columns = List.copyOf(columns);
            if (rows < 0) {
                throw new IllegalArgumentException("rows without a target must not be negative, but came " + rows);
            }
        }
    }

    /// What a ledger says of the rows that were read.
    ///
    /// @param corpus name of the ledger's data set
    /// @param log public key of its log, as C2SP writes it
    /// @param entries size of the log up to the last entry that says where rows came from
    /// @param root of the log's tree at that size, hexadecimal
    /// @param known rows that came with a signed batch which was not taken out since
    /// @param withdrawn rows that came only with batches which were taken out since
    /// @param claimed rows without a batch that say all the same they came from a stream of the ledger
    /// @param repeated rows that are copies beyond those that were signed; in none of the other counts
    /// @param batches the known rows by their batch, `stream/number`
    public record Provenance(
            String corpus,
            String log,
            long entries,
            String root,
            long known,
            long withdrawn,
            long claimed,
            long repeated,
            SortedMap<String, Long> batches) {
        public Provenance {
            batches = Collections.unmodifiableSortedMap(new TreeMap<>(batches));
            if (entries < 0 || known < 0 || withdrawn < 0 || claimed < 0 || repeated < 0) {
                throw new IllegalArgumentException("a ledger's counts must not be negative");
            }
        }

        /// The known rows by the stream they came with.
        public SortedMap<String, Long> byStream() {
            SortedMap<String, Long> streams = new TreeMap<>();
            batches.forEach(
                    (batch, rows) -> streams.merge(batch.substring(0, batch.lastIndexOf('/')), rows, Long::sum));
            return streams;
        }
    }

    /// One input file, or one folder whose files are one text each.
    ///
    /// @param name as the user gave it; that of a folder ends in `/`
    /// @param bytes size as stored
    /// @param sha256 of the stored bytes, lower-case hex; of a folder, of a list of its files and their
    /// digests
    public record DataFile(String name, long bytes, String sha256) {
        /// Is it a folder? A row's line is then the number of its file in the order of their paths.
        public boolean folder() {
            return name.endsWith("/");
        }
    }

    /// A piece of a file that could not be read as a row.
    ///
    /// @param file as the user gave it
    /// @param line from 1
    /// @param problem what was expected and what came, one sentence
    /// @param quote the beginning of the piece; raw and hostile
    public record Malformed(String file, long line, String problem, String quote) {}

    /// What one detector did.
    ///
    /// @param settings the record components and their values
    /// @param ran false if the data lack what it needs
    /// @param note why it did not run, or a limit it met; empty if there is nothing to say
    public record DetectorRun(String name, String purpose, Map<String, String> settings, boolean ran, String note) {}

    /// Rows per action.
    public record Flagged(long review, long quarantine) {}
}
