"""Lo que una orden necesita del mundo: carpeta, persona, reloj y pantalla. Solo aquí se pregunta."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sgc_gt.errores import NoEncontrado, UsoIncorrecto

if TYPE_CHECKING:
    from sgc_gt.contexto import Contexto
    from sgc_gt.repositorio.persona import Equipo

CONFIGURACION = "sgc.yaml"


SIN_FIRMAR = (
    "Aviso: usted tiene una clave registrada y este equipo no firma con ella, así que lo que anota queda sin "
    "firma: dígale a git que firme, con git config --global gpg.format ssh y "
    "git config --global user.signingkey RUTA."
)


def reloj() -> datetime:
    """La hora de este equipo."""
    return datetime.now(UTC)


class Sesion:
    """Las opciones globales y lo que se deduce de ellas."""

    def __init__(self) -> None:
        self.repo: Path | None = None
        self.como = ""
        self.cargo = ""
        self.json = False
        self._cierre = ExitStack()

    def anotar(self, repo: Path | None, como: str | None, cargo: str | None, *, json: bool) -> None:
        """Recoge las opciones globales, escritas antes o después de la orden."""
        self.repo = repo or self.repo
        self.como = como or self.como
        self.cargo = cargo or self.cargo
        self.json = json or self.json

    @cached_property
    def raiz(self) -> Path:
        """La carpeta del servicio: la de --repo, o la primera hacia arriba con sgc.yaml."""
        inicio = (self.repo or Path.cwd()).absolute()
        candidatas = [inicio] if self.repo else [inicio, *inicio.parents]
        for carpeta in candidatas:
            if (carpeta / CONFIGURACION).is_file() and (carpeta / ".git").exists():
                return carpeta
        raise NoEncontrado(
            "esta carpeta no es la de un servicio",
            lugar=str(inicio),
            esperado=f"una carpeta con {CONFIGURACION}, creada con: sgc-gt iniciar",
            hacer="entre en la carpeta del servicio, o indíquela con --repo",
        )

    @cached_property
    def contexto(self) -> Contexto:
        """El contexto de una orden que escribe: exige saber quién es la persona."""
        from sgc_gt.contexto import Contexto, Persona  # noqa: PLC0415  (arranque en frío)

        quien = equipo_de(self.raiz)
        return Contexto(
            self.raiz, reloj, Persona(quien.correo.lower(), self.como.lower(), self.cargo, quien.llave)
        )

    @cached_property
    def consulta(self) -> Contexto:
        """El contexto de una consulta: no le importa quién pregunta."""
        from sgc_gt.contexto import Contexto, Persona  # noqa: PLC0415

        ctx = Contexto(self.raiz, reloj, Persona(""))
        self._cierre.enter_context(ctx.repo.compartiendo())
        return ctx

    def cerrar(self) -> None:
        """Suelta el proceso de lectura, si la orden abrió uno; y avisa si el reloj quizás está mal."""
        self._cierre.close()
        contexto = self.__dict__.get("contexto")  # el de escribir, si la orden llegó a pedirlo
        if contexto is not None and contexto.repo.salto:
            from sgc_gt.dominio.fechas import dudar_del_reloj  # noqa: PLC0415

            self.avisar(f"Aviso: {dudar_del_reloj(*contexto.repo.salto)}.")
        if contexto is not None and contexto.sin_firmar:
            self.avisar(SIN_FIRMAR)

    def responder(self, valor: object, texto: str) -> None:
        """Muestra el texto, o el valor si se pidió --json."""
        from sgc_gt.cli import pantalla  # noqa: PLC0415

        if self.json:
            pantalla.mostrar_json(valor, sys.stdout)
        else:
            pantalla.decir(texto.rstrip("\n") + "\n", sys.stdout)

    def contar(self, valor: object, texto: str) -> None:
        """Una línea ya: el texto, o el valor en una sola línea si se pidió --json."""
        from sgc_gt.cli import pantalla  # noqa: PLC0415

        if self.json:
            pantalla.escribir(pantalla.a_json_en_linea(valor) + "\n", sys.stdout)
        else:
            pantalla.decir(texto + "\n", sys.stdout)
        sys.stdout.flush()

    def avisar(self, texto: str) -> None:
        """Una línea para la persona, fuera del resultado."""
        from sgc_gt.cli import pantalla  # noqa: PLC0415

        pantalla.decir(texto.rstrip("\n") + "\n", sys.stderr)

    def advertir(self, avisos: Iterable[str]) -> None:
        """Lo que conviene saber además del resultado: cada cosa una sola vez, y como oración."""
        for aviso in dict.fromkeys(avisos):
            self.avisar(f"Aviso: {aviso.removesuffix('.')}.")


def equipo_de(raiz: Path) -> Equipo:
    """Con qué correo git conoce a la persona, y con qué clave firma; UsoIncorrecto si no dice el correo."""
    from sgc_gt.repositorio.persona import equipo  # noqa: PLC0415

    quien = equipo(raiz)
    if not quien.correo:
        raise UsoIncorrecto(
            "este equipo no sabe quién es usted",
            esperado="el correo institucional con que figura entre las personas del servicio",
            hacer='dígalo una vez: git config --global user.email "su.correo@servicio.cl"',
        )
    return quien
