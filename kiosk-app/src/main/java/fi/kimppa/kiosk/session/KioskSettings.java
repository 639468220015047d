package fi.kimppa.kiosk.session;

import fi.kimppa.device.tag.UsageRule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What differs from kiosk to kiosk in its behaviour.
 *
 * @param institution AO
 * @param branch branch code, sent as AP in returns
 * @param libraryName name of this library as people know it
 * @param libraryNames names of all libraries by branch code; a code without a name is shown as it is
 * @param owners ISILs whose items may be lent and returned here; empty means all
 * @param zone for what people and SIP2 call local time
 * @param languages that can be chosen, the branch's own first
 * @param offerings what can be begun here; at least one
 * @param gates what they do at this branch
 * @param cards which of the numbers that are read are cards
 * @param usage which things are lent, by the type of usage on their tags
 * @param leastPinDigits shortest PIN
 * @param mostPinDigits longest PIN
 * @param pinTries wrong PINs after which the session ends
 * @param laterBin bin for returns that the library has not seen yet
 * @param staffBin bin for what staff must look at
 * @param otherBins into which bin things go while theirs is full; a full bin without another sends people to the desk
 * @param confirmBins whether people say that what somebody waits for lies in its bin
 * @param testing whether this kiosk is for trying out, at a gateway at which nothing counts
 * @param kimppaGateway whether the other end is our own gateway, which takes the tag's owner in CH
 * @param extras what there is beside them; none without our own gateway
 * @param webAddress where loans can be renewed, for receipts; may be empty
 * @param telephone of somebody who helps; may be empty
 * @param voice whether the texts can be heard
 * @param newsTurn how long a tip or a new title stands on the front page; zero where it stays all day
 * @param pile what whoever borrows may do with it
 * @param personal what of a patron is shown or printed for them
 * @param branding what the library has made its own of look and words
 * @param steering version of what the gateway has set on top of the kiosk's own file; empty while it is that file alone
 */
public record KioskSettings(
        String institution,
        String branch,
        String libraryName,
        Map<String, String> libraryNames,
        List<String> owners,
        ZoneId zone,
        List<Language> languages,
        Set<Offering> offerings,
        Gates gates,
        CardRules cards,
        UsageRule usage,
        int leastPinDigits,
        int mostPinDigits,
        int pinTries,
        String laterBin,
        String staffBin,
        Map<String, String> otherBins,
        boolean confirmBins,
        boolean testing,
        boolean kimppaGateway,
        Set<Extra> extras,
        String webAddress,
        String telephone,
        boolean voice,
        Duration newsTurn,
        Timeouts timeouts,
        PileRules pile,
        Personal personal,
        Branding branding,
        String steering) {
    /** Takes copies and checks the ranges. */
    public KioskSettings {
        libraryNames = Map.copyOf(libraryNames);
        owners = List.copyOf(owners);
        otherBins = Map.copyOf(otherBins);
        languages = List.copyOf(languages);
        offerings = Set.copyOf(offerings);
        extras = Set.copyOf(extras);
        if (offerings.isEmpty()) {
            throw new IllegalArgumentException("offerings: expected at least one");
        }
        if (languages.isEmpty()) {
            throw new IllegalArgumentException("languages: expected at least one");
        }
        if (leastPinDigits < 1 || mostPinDigits < leastPinDigits || pinTries < 1) {
            throw new IllegalArgumentException("PIN: expected 1 <= leastPinDigits <= mostPinDigits and pinTries >= 1");
        }
    }

    /** The language of this branch. */
    public Language branchLanguage() {
        return languages.getFirst();
    }

    /** Whether this can be begun here. */
    public boolean offers(Offering what) {
        return offerings.contains(what);
    }

    /** Whether there is this here. */
    public boolean offers(Extra what) {
        return extras.contains(what);
    }

    /** Whether anything is shown here that has to be fetched while nobody is there. */
    public boolean reads() {
        return offers(Extra.NEWS) || offers(Extra.COLLECTIONS);
    }

    /** Whether this kiosk only takes things back, so that a card is of no use here. */
    public boolean returnOnly() {
        return offerings.equals(Set.of(Offering.RETURN));
    }

    /**
     * The same where a gateway has set what it may set.
     *
     * @param version of what it has set
     */
    public KioskSettings with(Set<Offering> offered, Set<Extra> more, Branding brand, String version) {
        return new KioskSettings(
                institution,
                branch,
                libraryName,
                libraryNames,
                owners,
                zone,
                languages,
                offered,
                gates,
                cards,
                usage,
                leastPinDigits,
                mostPinDigits,
                pinTries,
                laterBin,
                staffBin,
                otherBins,
                confirmBins,
                testing,
                kimppaGateway,
                more,
                webAddress,
                telephone,
                voice,
                newsTurn,
                timeouts,
                pile,
                personal,
                brand,
                version);
    }

    /** The name of a library, or its code. */
    public String nameOf(String branchCode) {
        return libraryNames.getOrDefault(branchCode, branchCode);
    }
}
