// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/theme.h"

#include "gui/housestyle.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

namespace reveille::theme {

namespace {

struct Shades {
    QRgb window, base, alternate, text, muted, button, border, accent, onAccent, toolTip;
};
constexpr Shades light{0xfff3f4f6, 0xffffffff, 0xfff7f8fa, 0xff1b1f24, 0xff5b6470, 0xffe9ebee,
                       0xffc9ced6, 0xff1f5fbf, 0xffffffff, 0xff1b1f24};
constexpr Shades dark{0xff1d2126, 0xff16191d, 0xff1b1f24, 0xffe6e9ed, 0xff9aa4b0, 0xff2a2f36,
                      0xff3c434c, 0xff6aa5ff, 0xff0c1016, 0xff2f353d};

QPalette paletteOf(const Shades &s)
{
    QPalette p;
    p.setColor(QPalette::Window, s.window);
    p.setColor(QPalette::WindowText, s.text);
    p.setColor(QPalette::Base, s.base);
    p.setColor(QPalette::AlternateBase, s.alternate);
    p.setColor(QPalette::Text, s.text);
    p.setColor(QPalette::Button, s.button);
    p.setColor(QPalette::ButtonText, s.text);
    p.setColor(QPalette::BrightText, s.onAccent);
    p.setColor(QPalette::Highlight, s.accent);
    p.setColor(QPalette::HighlightedText, s.onAccent);
    p.setColor(QPalette::Link, s.accent);
    p.setColor(QPalette::LinkVisited, s.accent);
    p.setColor(QPalette::PlaceholderText, s.muted);
    p.setColor(QPalette::ToolTipBase, s.base);
    p.setColor(QPalette::ToolTipText, s.text);
    p.setColor(QPalette::Light, QColor(s.button).lighter(110));
    p.setColor(QPalette::Midlight, QColor(s.button).lighter(104));
    p.setColor(QPalette::Mid, s.border);
    p.setColor(QPalette::Dark, QColor(s.border).darker(115));
    p.setColor(QPalette::Shadow, QColor(s.border).darker(160));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, s.muted);
    p.setColor(QPalette::Disabled, QPalette::Highlight, s.border);
    return p;
}

/// Renders an SVG of one colour in the colour the palette has at the moment of painting.
class SymbolicIcon : public QIconEngine
{
public:
    explicit SymbolicIcon(QString name) : m_name(std::move(name)) {}
    QIconEngine *clone() const override { return new SymbolicIcon(m_name); }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = QApplication::palette();
        const QColor color = mode == QIcon::Disabled ? palette.color(QPalette::Disabled, QPalette::ButtonText)
                             : mode == QIcon::Selected ? palette.color(QPalette::HighlightedText)
                                                       : palette.color(QPalette::ButtonText);
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return;
        QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
        renderer.render(painter, rect);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

private:
    QString m_name;
};

const char *const styleSheet = R"(
QMainWindow::separator { width: 5px; height: 5px; }
QToolBar { border: 0; border-bottom: 1px solid palette(mid); spacing: 4px; padding: 4px 8px; }
QToolBar QToolButton { padding: 4px 8px; }
QToolButton[popupMode="2"] { padding-right: 20px; }
QToolButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }
QStatusBar { border-top: 1px solid palette(mid); }
QStatusBar::item { border: 0; }
QDockWidget { titlebar-close-icon: none; }
QDockWidget::title { padding: 6px 8px; background: palette(window); text-align: left; }
QTreeView, QTableView { border: 1px solid palette(mid); outline: 0; }
QHeaderView::section { background: palette(window); border: 0; border-bottom: 1px solid palette(mid);
                       border-right: 1px solid palette(mid); padding: 3px 4px; }
QTabBar::tab { padding: 6px 12px; }
QToolButton[chip="true"] { border: 1px solid palette(mid); border-radius: 10px; padding: 2px 6px; background: palette(base); }
QToolButton[chip="true"]:checked { background: palette(highlight); color: palette(highlighted-text);
                                   border-color: palette(highlight); }
QToolButton[chip="true"]:focus { border: 2px solid palette(highlight); padding: 1px 5px; }
)";

} // namespace

Choice choiceFromText(const QString &text)
{
    return text == QLatin1String("light") ? Choice::Light : text == QLatin1String("dark") ? Choice::Dark : Choice::System;
}

QString toText(Choice choice)
{
    return choice == Choice::Light ? QStringLiteral("light")
           : choice == Choice::Dark ? QStringLiteral("dark")
                                    : QStringLiteral("system");
}

void apply(QApplication &application, Choice choice, double scale)
{
    static const QPalette systemPalette = QApplication::palette();
    static const double systemPointSize = QApplication::font().pointSizeF() > 0 ? QApplication::font().pointSizeF() : 10;
    QApplication::setStyle(new HouseStyle);
    const bool wantsDark = choice == Choice::Dark || (choice == Choice::System && isDark(systemPalette));
    QApplication::setPalette(paletteOf(wantsDark ? dark : light));
    QFont font = QApplication::font();
    font.setPointSizeF(systemPointSize * scale);
    QApplication::setFont(font);
    application.setStyleSheet(QString::fromLatin1(styleSheet));
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

QColor toneColor(Tone tone, const QPalette &palette)
{
    const bool onDark = isDark(palette);
    switch (tone) {
    case Tone::Good:
        return onDark ? QColor(0xff57c98a) : QColor(0xff14703f);
    case Tone::Doubt:
        return onDark ? QColor(0xffe6b450) : QColor(0xff8a5a00);
    case Tone::Bad:
        return onDark ? QColor(0xffff8078) : QColor(0xffb3261e);
    case Tone::Busy:
        return onDark ? QColor(0xff8fb8ff) : QColor(0xff1f5fbf);
    case Tone::Quiet:
    case Tone::Neutral:
        break;
    }
    return palette.color(QPalette::PlaceholderText);
}

Tone toneOf(LivenessState state, bool known)
{
    if (!known)
        return Tone::Neutral;
    switch (state) {
    case LivenessState::Up:
        return Tone::Good;
    case LivenessState::Suspect:
        return Tone::Doubt;
    case LivenessState::Waking:
        return Tone::Busy;
    case LivenessState::Unreachable:
        return Tone::Bad;
    case LivenessState::Lost:
        break;
    }
    return Tone::Bad;
}

Tone toneOf(PushState state)
{
    switch (state) {
    case PushState::Delivered:
    case PushState::Confirmed:
        return Tone::Good;
    case PushState::Expired:
    case PushState::Undeliverable:
        return Tone::Bad;
    case PushState::Waking:
    case PushState::Sending:
    case PushState::Accepted:
        return Tone::Busy;
    case PushState::Waiting:
        return Tone::Doubt;
    case PushState::Cancelled:
    case PushState::Replaced:
        break;
    }
    return Tone::Neutral;
}

Tone toneOf(WakeState state)
{
    switch (state) {
    case WakeState::Active:
        return Tone::Busy;
    case WakeState::Succeeded:
        return Tone::Good;
    case WakeState::Refused:
    case WakeState::Exhausted:
        return Tone::Bad;
    case WakeState::Cancelled:
        break;
    }
    return Tone::Neutral;
}

QIcon icon(const QString &name)
{
    return QIcon(new SymbolicIcon(name));
}

QFont monospace()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    return font;
}

} // namespace reveille::theme
