"""What to look at in the privacy settings of each platform (B.v), in our words.

Menus move: the day on which somebody looked stands with each, and the words say what is meant, so
that it can be found where it has moved to.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Check:
    """One thing to look at, and where it was found."""

    look: str
    where: str


@dataclass(frozen=True)
class Platform:
    """One platform, what to look at there, and when these words were last compared with it."""

    key: str
    name: str
    checks: tuple[Check, ...]
    checked_on: date


_WRITTEN = date(2026, 11, 24)


def _platform(key: str, name: str, *checks: tuple[str, str]) -> Platform:
    return Platform(key, name, tuple(Check(*check) for check in checks), _WRITTEN)


PLATFORMS = (
    _platform(
        "facebook",
        "Facebook",
        ("Only friends see what you post, and what you posted years ago.", "Settings, Audience"),
        ("Nobody puts you in a picture or a post before you agree.", "Settings, Profile, Tagging"),
        ("Friends of friends at most can ask to be a friend.", "Settings, How people find you"),
        ("Your friends’ list is hidden: pupils look for teachers there.", "Settings, Followers"),
        ("Your page seen as a stranger shows nothing private.", "Your profile, View as"),
    ),
    _platform(
        "instagram",
        "Instagram",
        ("The account is private.", "Settings, Account privacy"),
        ("You know everybody who follows you. Take away pupils and parents.", "Your followers"),
        ("Strangers cannot write to you, tag you or mention you.", "Settings, Messages and tags"),
        ("Your stories are hidden from whom they are not for.", "Settings, Hide story"),
    ),
    _platform(
        "whatsapp",
        "WhatsApp",
        ("Only contacts see your picture, status and when you were there.", "Settings, Privacy"),
        ("Only contacts can add you to a group.", "Settings, Privacy, Groups"),
        ("You have left groups with pupils in them.", "Your chats"),
        ("Pictures that you are sent do not land in your gallery.", "Settings, Chats, Media"),
    ),
    _platform(
        "x",
        "X",
        ("Only those whom you let in see your posts.", "Settings, Privacy, Audience"),
        ("Nobody can tag you in a picture.", "Settings, Privacy, Photo tagging"),
        ("Nobody finds you by your telephone or email.", "Settings, Privacy, Being found"),
        ("Old posts and likes still stand for who you are.", "Your profile"),
    ),
    _platform(
        "tiktok",
        "TikTok",
        ("The account is private.", "Settings, Privacy"),
        (
            "The app suggests you to nobody: not by contacts, telephone or links.",
            "Settings, Privacy",
        ),
        ("Only friends can comment, reuse your videos or write to you.", "Settings, Privacy"),
        ("Your liked videos and whom you follow are hidden.", "Settings, Privacy"),
    ),
    _platform(
        "snapchat",
        "Snapchat",
        ("Only friends can reach you and see your story.", "Settings, Privacy controls"),
        ("The map does not show where you are.", "The map, Settings, Ghost mode"),
        ("You are not offered to others as a friend.", "Settings, Privacy controls, Quick add"),
    ),
    _platform(
        "youtube",
        "YouTube",
        ("Your videos, and your lists, are private or unlisted.", "Studio, Content"),
        ("What you watched and searched for is not public.", "Settings, Privacy"),
        ("The name of your channel is not the one that pupils know.", "Your channel"),
    ),
    _platform(
        "linkedin",
        "LinkedIn",
        ("Your public profile shows only what a parent may read.", "Settings, Visibility"),
        ("Your contacts, email and telephone are hidden.", "Settings, Visibility"),
        ("You have accepted no pupil, and no pupil who has just left.", "Your network"),
    ),
    _platform(
        "other",
        "Anything else",
        ("Games, dating apps, forums and reviews: who can see you there?", "Each app’s settings"),
        (
            "Search for your own name, signed out. Is anything there not for pupils?",
            "A search page",
        ),
        ("Accounts that you no longer use are closed.", "Your old email"),
        ("Each account has its own password and a second step.", "Each app’s security page"),
    ),
)
