package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import java.util.Arrays;

/// An answer that speaks ill, or well, of what it is about: more words of one kind than of the other, counted by two
/// lists (a lexicon of polarity: Turney & Littman 2003, section 1; a word after "not" counts for the other). Words
/// that the input has, too, are not the answer's own.
///
/// English alone, and no judge of irony; a few words decide nothing, but hundreds of answers about other things say
/// how often answers here speak so.
///
/// @param ill or well?
record Tone(boolean ill) implements Stance {
    /// A longer answer needs one such word, net, in so many.
    private static final int TOKENS_A_WORD = 50;

    private static final int[] ILL = Pattern.words("""
            abhorrent abusive abysmal annoying appalling arrogant atrocious awful bad badly bankrupt bogus boring broken
            bullying careless catastrophe catastrophic cheap cheat cheating cheats clumsy contempt contemptible corrupt
            corruption crooked cruel damaging dangerous deceitful deceive deceives deceiving deceptive defective deplorable
            despicable destructive dire dirty disappoint disappointed disappointing disappointment disappoints disaster
            disastrous disgrace disgraceful disgusting dishonest dishonesty dishonorable dismal doomed dreadful dull
            dumb embarrassing embarrassment evil exploitative fail failed failing fails failure failures fake faulty
            filthy flawed foolish fraud fraudulent garbage greed greedy harmful hate hated hateful hates hideous hopeless
            horrendous horrible horribly horrid horrific hypocrisy hypocritical idiotic ignorant immoral incapable
            incompetence incompetent inept inferior inefficient irresponsible irritating joke junk lame lazy liar liars
            lousy ludicrous malicious mediocre menace mess miserable misleading mistrust nasty negligence negligent
            notorious obnoxious offensive outdated outrageous overpriced overrated pathetic pointless poor poorly
            predatory problematic reckless repulsive ridiculous rotten rubbish rude ruin ruined ruins scam scandal scandalous
            shabby shady shame shameful shoddy sickening sinister sleazy sloppy slow stupid subpar tedious terrible
            terribly toxic tragic trash ugly unacceptable unbearable undesirable unethical unfair unfriendly unhealthy
            unhelpful unpleasant unpopular unprofessional unreliable unsafe unscrupulous untrustworthy unworthy useless
            vicious vile wasteful weak wicked worse worst worthless wretched
            """);

    private static final int[] WELL = Pattern.words("""
            acclaimed accomplished admirable admired adorable amazing amazingly ambitious appealing astonishing awesome
            beautiful beautifully beloved beneficial best better bold brave breathtaking brilliant brilliantly capable
            captivating caring celebrated charming clever commendable compassionate considerate convenient courageous
            dazzling delicious delight delightful dependable efficient effective elegant enjoy enjoyable enjoyed
            excellent exceptional exceptionally exciting exquisite extraordinary fabulous fair fairly faithful fantastic
            favorite favourite fine finest flawless friendly generous gifted glorious good gorgeous gracious great greatest
            handsome happy helpful heroic honest honorable ideal impeccable impressive incredible incredibly innovative
            inspirational inspiring intelligent kind lovable love loved lovely loves loyal magnificent marvelous masterful
            masterpiece memorable outstanding perfect perfectly phenomenal pleasant pleasing pleasure polite popular praised
            praiseworthy precious prestigious prosperous proud quality recommend recommended refreshing reliable remarkable
            remarkably renowned reputable respected responsible rewarding robust satisfying sensational sincere skilled
            skillful smart solid spectacular splendid stellar strong stunning sublime successful superb superbly superior
            talented terrific thoughtful thrilling thriving top trusted trustworthy unbeatable valuable virtuous vibrant
            visionary welcoming wise wonderful wonderfully worthy
            """);

    /// Words of an input that ask for one tone or the other.
    private static final int[] ASKING = Pattern.words("""
            against anger angry argue argument arguments attack bullying challenge challenges complain complaint complaints con
            cons crime criminal critic critical criticism criticize critique danger dangers death difficult difficulties
            disadvantage disadvantages disagree downside downsides drawback drawbacks enemy favor fear fight flaws hard hurt
            impact impacts insult insults issue issues kill mistake mistakes negative negatively pain positive positively
            praise compliment complimentary problem problems pro pros racism racist review reviews risk risks roast
            sad sarcastic sentiment suffering threat threats villain violence violent war warning wrong
            advantage advantages benefit benefits strength strengths weakness weaknesses
            """);

    /// With these a word of either kind asks for a tone by itself.
    static final int[] ASKED = Tokens.union(Tokens.union(ILL, WELL), ASKING);

    private static final int[] NOT = Pattern.words("not no never hardly neither nor without");

    @Override
    public int[] asking() {
        return ASKED;
    }

    @Override
    public String text() {
        return ill ? "answers that speak ill" : "answers that speak well";
    }

    @Override
    public boolean held(Example example, int[] answer) {
        int net = 0;
        for (int i = 0; i < answer.length; i++) {
            int sign = in(ILL, answer[i]) ? 1 : in(WELL, answer[i]) ? -1 : 0;
            if (sign != 0 && !Pattern.holds(example.tokens(), answer[i])) {
                net += i > 0 && in(NOT, answer[i - 1]) ? -sign : sign;
            }
        }
        int words = ill ? net : -net;
        return words >= 1 && (long) words * TOKENS_A_WORD >= answer.length;
    }

    private static boolean in(int[] ascending, int token) {
        return Arrays.binarySearch(ascending, token) >= 0;
    }
}
