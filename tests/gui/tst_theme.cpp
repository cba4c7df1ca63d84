// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QRadioButton>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace reveille;

namespace {

/// WCAG 2.1, relative luminance.
double luminance(const QColor &color)
{
    const auto linear = [](double part) { return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsTickedCanBeSeenWhileItIsEmpty_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("round");
        QTest::newRow("light box") << false << false;
        QTest::newRow("dark box") << true << false;
        QTest::newRow("light circle") << false << true;
        QTest::newRow("dark circle") << true << true;
    }
    void whatIsTickedCanBeSeenWhileItIsEmpty()
    {
        QFETCH(bool, dark);
        QFETCH(bool, round);
        theme::apply(*qApp, dark ? theme::Choice::Dark : theme::Choice::Light, 1.0);
        const std::unique_ptr<QAbstractButton> button(round ? static_cast<QAbstractButton *>(new QRadioButton) : new QCheckBox);
        button->resize(button->sizeHint());
        button->ensurePolished();
        const QImage image = button->grab().toImage();
        const QColor background = button->palette().color(QPalette::Window);
        double best = 0;
        for (int x = 0; x < image.width(); ++x) // across the middle: the outline, left and right
            best = std::max(best, contrast(image.pixelColor(x, image.height() / 2), background));
        // An empty one has nothing but its outline to be seen by.
        QVERIFY2(best >= 3.0, qPrintable(QString::number(best)));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
