package fi.kimppa.gateway.statistics;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A sum shared among municipalities by population, by use, and by both. Each way adds up to the sum exactly: every share is
 * rounded down, and what is left goes cent by cent to those who lost most by rounding (largest remainder, the first of equals
 * first). Pure.
 *
 * @param shares in the order of the members
 * @param withoutPopulation codes of the members that have no part by population, because nobody has said how many live there
 */
record CostShares(List<Share> shares, List<String> withoutPopulation) {
    private static final int WHOLE = 100;

    /**
     * Who takes part.
     *
     * @param municipality its code
     * @param population how many live there; empty where nobody has said
     * @param use how much was done for it
     */
    record Member(String municipality, OptionalInt population, long use) {}

    /**
     * What one pays, in cents.
     *
     * @param byPopulation if the whole sum were shared by population
     * @param byUse if the whole sum were shared by use
     * @param mixed if the given part of it is shared by use and the rest by population
     */
    record Share(Member member, long byPopulation, long byUse, long mixed) {}

    CostShares {
        shares = List.copyOf(shares);
        withoutPopulation = List.copyOf(withoutPopulation);
    }

    /**
     * Shares a sum.
     *
     * @param cents the sum, 0 to 10^15
     * @param percentByUse 0 to 100, how much of it is shared by use in the mixed way
     */
    static CostShares of(long cents, int percentByUse, List<Member> members) {
        List<Long> population = members.stream()
                .map(member -> (long) member.population().orElse(0))
                .toList();
        List<Long> use = members.stream().map(Member::use).toList();
        long[] byPopulation = split(cents, population);
        long[] byUse = split(cents, use);
        // A part that nothing can be shared by is shared by the other way.
        long partByUse =
                total(use) == 0 ? 0 : total(population) == 0 ? cents : (cents * percentByUse + WHOLE / 2) / WHOLE;
        long[] mixedPopulation = split(cents - partByUse, population);
        long[] mixedUse = split(partByUse, use);
        return new CostShares(
                IntStream.range(0, members.size())
                        .mapToObj(i ->
                                new Share(members.get(i), byPopulation[i], byUse[i], mixedPopulation[i] + mixedUse[i]))
                        .toList(),
                members.stream()
                        .filter(member -> member.population().isEmpty())
                        .map(Member::municipality)
                        .toList());
    }

    /** All zero if all weights are. */
    private static long[] split(long cents, List<Long> weights) {
        BigInteger all = BigInteger.valueOf(total(weights));
        if (all.signum() == 0) {
            return new long[weights.size()];
        }
        BigInteger[][] parts = weights.stream()
                .map(weight -> BigInteger.valueOf(cents)
                        .multiply(BigInteger.valueOf(weight))
                        .divideAndRemainder(all))
                .toArray(BigInteger[][]::new);
        long[] shares = new long[weights.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = parts[i][0].longValueExact();
        }
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> parts[i][1]).reversed())
                .limit(cents - LongStream.of(shares).sum())
                .forEach(i -> shares[i]++);
        return shares;
    }

    private static long total(List<Long> weights) {
        return weights.stream().mapToLong(Long::longValue).sum();
    }
}
