package cn.onecard.engine.api;

import cn.onecard.vocabulary.PartyId;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** A party's program that calls the interface (调用方).
 *
 *  @param name as its signatures and its orders say
 *  @param party every order it opens is this party's
 *  @param publicKey by which its signatures are checked
 *  @param scopes what it may do
 *  @param perSecond requests a second for long, at least 1
 *  @param webhook where it wants to be told of its orders */
public record Caller(String name, PartyId party, PublicKeyBytes publicKey, Set<Scope> scopes, int perSecond, Optional<URI> webhook) {
    public Caller {
        scopes = Set.copyOf(scopes);
        if (perSecond < 1) {
            throw new IllegalArgumentException("a caller may ask at least once a second, not " + perSecond + " times");
        }
    }
}
