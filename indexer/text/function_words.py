"""Function words of the languages with a stemmer: articles, pronouns, prepositions, conjunctions,
particles and auxiliary verbs.

They are found as they are written, and are no stems of other words: Snowball makes приём to при,
послы to the stem of после, and Ware to war. Words that mostly are others (Weg, Waren) are left out.
They belong to the analyser (`ANALYZER_VERSION`) as its stemmers do, and not to config/languages: an
edited list would no longer fit what stands in an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from indexer.text.folding import fold

_WRITTEN = {
    "de": """
        aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch
        auf aus bei beim bin bis bist da dabei dadurch dafür dagegen daher damit danach daran darauf
        daraus darin darüber darum das dass davon davor dazu dein deine dem den denen denn der deren
        des dessen desto dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein
        eine einem einen einer eines er es etwa etwas euch euer eure für gegen gewesen hab habe
        haben hat hatte hatten hätte hätten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren
        ihrer ihres im in indem ins ist ja jede jedem jeden jeder jedes jedoch jene jenem jenen
        jener jenes jetzt kann kein keine keinem keinen keiner keines können könnte könnten man
        manche manchem manchen mancher manches mehr mein meine mich mir mit muss musste müssen nach
        neben nicht nichts noch nun nur ob oder ohne schon sehr sei seien sein seine seinem seinen
        seiner seines seit selbst sich sie sind so solche solchem solchen solcher solches soll
        sollen sollte sollten sondern sonst über um und uns unser unsere unserem unseren unserer
        unter vom von vor während war warst was weil weiter welche welchem welchen welcher welches
        wenn wer werde werden wie wieder will wir wird wo wollen worden wurde wurden würde würden zu
        zum zur zwar zwischen
    """,
    "en": """
        a about above after again against all also am an and any are as at be because been before
        being below between both but by can could did do does doing down during each few for from
        further had has have having he her here hers him his how i if in into is it its just may me
        might more most must my no nor not now of off on once only or other our out over same shall
        she should so some such than that the their them then there these they this those through to
        too under until up very was we were what when where which while who whom why will with would
        you your
    """,
    "fr": """
        a ai as au aucun aucune aussi autre autres aux avait avec avoir avons car ce cela celle
        celles celui ces cet cette ceux chez comme comment d dans de depuis des deux donc dont du
        elle elles en encore entre est et été être eu eux font il ils j je l la le les leur leurs
        lors lui m ma mais me même mes moi mon n ne ni nos notre nous on ont ou où par pas pendant
        peu peut plus pour qu quand que quel quelle quelles quels qui s sa sans se sera ses si soit
        son sont sous sur t ta te tes toi ton tous tout toute toutes très tu un une vers vos votre
        vous y
    """,
    "ru": """
        а без более бы был была были было быть в вам вас весь во вокруг вот все всего всей всем
        всеми всему всех вся всю вы где да даже для до его ее ей ему если есть еще же за здесь и из
        или им ими их к как какая какие какой ко когда которая которого которой котором которому
        которую которые который которых которыми кроме кто куда ли либо лишь между меня мне много
        мной могут может можно мой моя мы на над надо нам нами нас не него нее ней нем нет ни ним
        ними них но ну о об обо однако около он она они оно от ото перед по под после потом потому
        почти при про против с сам сама сами само самого самой самом самому самую самый свое своего
        своей своем свои своим своих свой свою себе себя сейчас со среди так такая также такие
        такого такое такой там тебе тебя тем теперь то тогда того тоже той только том тот тут ты у
        уж уже хотя чего чей чем через что чтобы чуть эта эти этим этими этих это этого этой этом
        этому этот эту я
    """,
}

FUNCTION_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {lang: frozenset(map(fold, words.split())) for lang, words in _WRITTEN.items()}
)
"""Language (ISO 639-1) → its function words, folded."""
