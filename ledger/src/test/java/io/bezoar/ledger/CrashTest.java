package io.bezoar.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.disk.CrashDisk;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The power goes while batches are added: none that was acknowledged is lost, and what is left verifies
/// and goes on.
class CrashTest {
    private static final Delivery DELIVERY = Delivery.of("vendor-a", "x.jsonl", Sample.ALICE);

    @Test
    void atEveryStepOfAnAddition() throws IOException {
        Random random = new Random(3);
        boolean done = false;
        int steps = 0;
        for (long step = 0; !done; step++, steps++) {
            Sample sample = Sample.copy();
            sample.add(DELIVERY, Sample.rows(0, 300));
            sample.disk.failAt(sample.disk.steps() + step);
            try {
                sample.add(DELIVERY, Sample.rows(300, 700));
                done = true;
            } catch (CrashDisk.PowerFailure _) {
                // not acknowledged
            }
            goesOn(sample, sample.disk.restarted(random), sample.outside, done ? 2 : 1, 2);
        }
        assertTrue(steps > 10, "an addition takes many steps");
    }

    /// 200 random moments within a row of additions.
    @Test
    void atRandomMoments() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Sample sample = Sample.copy();
            sample.disk.failAt(sample.disk.steps() + random.nextInt(60));
            int acknowledged = 0;
            try {
                while (acknowledged < 3) {
                    sample.add(DELIVERY, Sample.rows(0, 1 + random.nextInt(400)));
                    acknowledged++;
                }
            } catch (CrashDisk.PowerFailure _) {
                // the power went
            }
            goesOn(sample, sample.disk.restarted(random), sample.outside, acknowledged, acknowledged + 1);
        }
    }

    /// The same for what is remembered outside the ledger.
    @Test
    void whileRememberingWhatWasSeen() throws IOException {
        for (int step = 0; step < 12; step++) {
            Random random = new Random(step);
            Sample sample = Sample.copy();
            sample.outside.failAt(sample.outside.steps() + step);
            int acknowledged = 0;
            try {
                sample.add(DELIVERY, Sample.rows(0, 10));
                acknowledged++;
                sample.add(DELIVERY, Sample.rows(0, 20));
                acknowledged++;
            } catch (IOException e) {
                boolean taken = String.valueOf(e.getMessage()).startsWith("what was added is safe in the log");
                assertTrue(taken || e instanceof CrashDisk.PowerFailure, "the power went");
                acknowledged += taken ? 1 : 0; // for whoever added it was told so
            }
            goesOn(sample, sample.disk, sample.outside.restarted(random), acknowledged, acknowledged + 1);
        }
    }

    private static void goesOn(Sample sample, CrashDisk disk, CrashDisk outside, int least, int most)
            throws IOException {
        Ledger ledger = Ledger.open(disk, outside, () -> sample.now);
        int batches = ledger.history().batches().size();
        assertTrue(batches >= least && batches <= most, batches + " batches, expected " + least + " to " + most);
        ledger.check();
        sample.tick();
        Sample.add(ledger, DELIVERY, Sample.rows(0, 100));
        Ledger.Checked checked = ledger.check();
        assertEquals(batches + 1, checked.batches());
    }
}
